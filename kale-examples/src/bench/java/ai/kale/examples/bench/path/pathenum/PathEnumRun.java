package ai.kale.examples.bench.path.pathenum;

import ai.kale.error.InvalidInputException;
import ai.kale.error.OperationCancelledException;
import ai.kale.error.SetupException;
import ai.kale.examples.bench.path.data.PathFiles;
import ai.kale.examples.bench.path.data.SimpleGraph;
import ai.kale.examples.bench.path.run.Cell;
import ai.kale.examples.bench.path.run.CellResult;
import ai.kale.examples.bench.path.run.PathJob;
import ai.kale.examples.bench.path.run.QueryTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the program, one process for each cell, on a copy of the graph in its format. */
public final class PathEnumRun {
  /** Its depth-first search; its join knows no limit of paths. */
  private static final String METHOD = "IDX_DFS";

  private static final int LOAD_SECONDS = 300;

  private final Path binary;

  /**
   * Names the program.
   *
   * @param binary its file
   */
  public PathEnumRun(Path binary) {
    this.binary = binary;
  }

  /**
   * Runs all cells.
   *
   * @param job what to do; there is no warm-up, the program is compiled
   * @return a result for each cell, in order
   * @throws SetupException if the program cannot be started or files cannot be written
   */
  public List<CellResult> run(PathJob job) {
    PathFiles files = new PathFiles(Path.of(job.folder()));
    Path folder = files.folder().resolve("pathenum");
    PathEnumFiles input = new PathEnumFiles(folder);
    List<CellResult> results = new ArrayList<>();
    try {
      Files.createDirectories(folder);
      input.writeGraph(SimpleGraph.of(files.triples(), files.manifest().entities()));
      for (Cell cell : job.cells()) {
        Path pairs = input.writePairs("pairs-" + cell.hops() + ".bin", files.pairs(cell.hops()));
        results.add(run(cell, job, folder, pairs));
      }
      return results;
    } catch (IOException e) {
      throw new SetupException("cannot run " + binary + ": " + e.getMessage(), e);
    }
  }

  private CellResult run(Cell cell, PathJob job, Path folder, Path pairs) throws IOException {
    Path log = folder.resolve("output.txt");
    Path times = folder.resolve(METHOD + "-" + cell.hops() + "-" + pairCount(pairs) + "-");
    int perQuery = (int) Math.ceil(job.limits().query());
    Files.deleteIfExists(PathEnumOutput.timesFile(times));
    Process process =
        new ProcessBuilder(
                binary.toAbsolutePath().toString(),
                folder.toString(),
                pairs.toString(),
                folder.toString(),
                METHOD,
                Integer.toString(cell.hops()),
                Integer.toString(perQuery),
                Integer.toString(cell.maxPaths()))
            .redirectError(folder.resolve("messages.txt").toFile())
            .redirectOutput(log.toFile())
            .start();
    long seconds = LOAD_SECONDS + (long) Math.ceil(job.limits().cell());
    boolean ended = await(process, seconds);
    try {
      String text = Files.readString(log, StandardCharsets.ISO_8859_1);
      List<QueryTime> queries = PathEnumOutput.parse(text, cell.maxPaths());
      if (!ended || process.exitValue() != 0) {
        String failure =
            ended ? "exit code " + process.exitValue() : "ended after " + seconds + " s";
        return new CellResult(cell, queries, failure);
      }
      return new CellResult(cell, PathEnumOutput.withNanos(queries, times), "");
    } catch (InvalidInputException e) {
      return CellResult.failed(cell, String.valueOf(e.getMessage()));
    }
  }

  private static long pairCount(Path pairs) throws IOException {
    return (Files.size(pairs) - 2 * Integer.BYTES) / (2 * Integer.BYTES);
  }

  private static boolean await(Process process, long seconds) {
    try {
      return process.waitFor(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OperationCancelledException("interrupted in PathEnum");
    } finally {
      process.destroyForcibly();
    }
  }
}
