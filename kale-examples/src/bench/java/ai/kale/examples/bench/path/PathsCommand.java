package ai.kale.examples.bench.path;

import ai.kale.error.KaleException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Measures the extraction of paths beside other programs. */
@Command(
    name = "paths",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Asks KALE, JGraphT, Neo4j and PathEnum for the paths between the same pairs and compares time and counts.")
public final class PathsCommand implements Callable<Integer> {
  @Mixin private final PathsOptions options = new PathsOptions();

  @Override
  public Integer call() {
    try {
      options.check();
      new PathsBenchmark(options, new PathProcesses(options), System.out).run();
      return 0;
    } catch (KaleException e) {
      System.err.println("Error: " + e.getMessage());
      return 1;
    }
  }
}
