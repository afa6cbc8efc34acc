package ai.kale.examples.bench.path.run;

import ai.kale.error.SetupException;
import ai.kale.examples.bench.path.data.PathFiles;
import ai.kale.examples.bench.path.find.PathContender;
import ai.kale.examples.bench.path.find.PathSearch;
import ai.kale.examples.bench.path.find.PathSearches;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** One contender in a JVM of its own: a job file in, a line of JSON out for each cell. */
public final class PathChildMain {
  private static final ObjectMapper JSON = new ObjectMapper();

  private PathChildMain() {}

  /**
   * Does one job.
   *
   * @param args the job file, the file for the results
   * @throws IOException if these cannot be read or written
   */
  public static void main(String[] args) throws IOException {
    PathJob job = JSON.readValue(Path.of(args[0]).toFile(), PathJob.class);
    try (Writer out = Files.newBufferedWriter(Path.of(args[1]))) {
      run(job, result -> write(out, result));
    }
    System.exit(0); // other people's threads
  }

  /**
   * Does one job in this JVM.
   *
   * @param job what to do
   * @param results gets each cell's result as soon as it is there
   */
  public static void run(PathJob job, Consumer<CellResult> results) {
    PathContender contender =
        PathContender.of(job.contender())
            .orElseThrow(() -> new SetupException("no contender '" + job.contender() + "'"));
    PathFiles files = new PathFiles(Path.of(job.folder()));
    try (PathSearch search = PathSearches.open(contender, files)) {
      CellRun run = new CellRun(search, job.limits());
      for (Cell cell : job.cells()) {
        results.accept(run.run(cell, files.pairs(cell.hops())));
      }
    }
  }

  private static void write(Writer out, CellResult result) {
    try {
      out.write(JSON.writeValueAsString(result) + "\n");
      out.flush();
    } catch (IOException e) {
      throw new SetupException("cannot write a result: " + e.getMessage(), e);
    }
  }
}
