package ai.kale.examples.bench.path;

import ai.kale.error.SetupException;
import ai.kale.examples.bench.ChildJvm;
import ai.kale.examples.bench.path.find.PathContender;
import ai.kale.examples.bench.path.pathenum.PathEnumRun;
import ai.kale.examples.bench.path.run.Cell;
import ai.kale.examples.bench.path.run.CellResult;
import ai.kale.examples.bench.path.run.Limits;
import ai.kale.examples.bench.path.run.PathChildMain;
import ai.kale.examples.bench.path.run.PathJob;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Runs each contender in a JVM of its own. If one breaks off in a cell, the cell has failed, and
 * another JVM goes on after it.
 */
final class PathProcesses implements PathLauncher {
  static final List<String> FLAGS = List.of("-XX:+UseParallelGC", "-XX:+ExitOnOutOfMemoryError");
  private static final List<String> NEO4J_FLAGS =
      List.of(
          "--add-opens=java.base/java.nio=ALL-UNNAMED",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");
  private static final int OUT_OF_MEMORY = 3; // of -XX:+ExitOnOutOfMemoryError
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PathsOptions options;

  PathProcesses(PathsOptions options) {
    this.options = options;
  }

  @Override
  public List<CellResult> run(PathContender contender, int round, PathJob job) {
    if (contender == PathContender.PATHENUM) {
      return new PathEnumRun(options.pathEnum()).run(job);
    }
    List<CellResult> results = new ArrayList<>();
    for (int attempt = 0; results.size() < job.cells().size(); attempt++) {
      PathJob rest = job.from(results.size());
      int before = results.size();
      String failure = runOnce(contender, name(contender, round, job, attempt), rest, results);
      if (results.size() < job.cells().size()) {
        List<Cell> open = job.cells().subList(results.size(), job.cells().size());
        boolean inLoading = attempt > 0 && results.size() == before;
        for (Cell cell : inLoading ? open : open.subList(0, 1)) {
          results.add(CellResult.failed(cell, failure));
        }
      }
    }
    return results;
  }

  private static String name(PathContender contender, int round, PathJob job, int attempt) {
    String graph = String.valueOf(Path.of(job.folder()).getFileName());
    return String.join(
        "-", graph, contender.key(), Integer.toString(round), Integer.toString(attempt));
  }

  private String runOnce(
      PathContender contender, String name, PathJob job, List<CellResult> results) {
    Path logs = options.out.resolve("logs");
    Path log = logs.resolve(name + ".log");
    Path file = logs.resolve(name + ".jsonl");
    try {
      Files.createDirectories(logs);
      Files.deleteIfExists(file);
      Path request = logs.resolve(name + "-job.json");
      JSON.writeValue(request.toFile(), job);
      String failure = await(start(contender, request, file, log), contender, job, log);
      if (Files.exists(file)) {
        for (String line : Files.readAllLines(file)) {
          results.add(JSON.readValue(line, CellResult.class));
        }
      }
      return failure.isEmpty() ? "ended without this cell" : failure;
    } catch (IOException e) {
      throw new SetupException("cannot run " + contender.key() + ": " + e.getMessage(), e);
    }
  }

  private ChildJvm start(PathContender contender, Path request, Path results, Path log)
      throws IOException {
    List<String> flags = new ArrayList<>();
    flags.add("-Xmx" + options.heapOf(contender));
    flags.addAll(FLAGS);
    if (contender == PathContender.NEO4J) {
      flags.addAll(NEO4J_FLAGS);
    }
    return ChildJvm.start(flags, PathChildMain.class, List.of(request, results), log);
  }

  private String await(ChildJvm child, PathContender contender, PathJob job, Path log)
      throws IOException {
    Limits limits = job.limits();
    double perCell = limits.cell() + limits.warmUp() + 3 * limits.query();
    long seconds = options.loadLimit + (long) Math.ceil(job.cells().size() * perCell);
    OptionalInt code = child.await(seconds, contender.key());
    if (code.isEmpty()) {
      return "did not stop at its time limits; ended after " + seconds + " s";
    }
    return switch (code.getAsInt()) {
      case 0 -> "";
      case OUT_OF_MEMORY -> "OutOfMemoryError with -Xmx" + options.heapOf(contender);
      default -> "exit code " + code.getAsInt() + ": " + errorLine(log);
    };
  }

  private static String errorLine(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log);
    return lines.stream()
        .filter(line -> line.startsWith("Exception in thread"))
        .findFirst()
        .orElseGet(() -> lines.isEmpty() ? "no output" : lines.get(lines.size() - 1).strip());
  }
}
