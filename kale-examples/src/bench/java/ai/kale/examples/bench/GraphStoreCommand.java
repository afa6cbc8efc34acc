package ai.kale.examples.bench;

import ai.kale.error.KaleException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Measures the graph store beside other stores. */
@Command(
    name = "graph-store",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Loads one generated graph into KALE, Jena, RDF4J and JGraphT and compares time, memory and scans.")
final class GraphStoreCommand implements Callable<Integer> {
  @Mixin private final GraphStoreOptions options = new GraphStoreOptions();

  @Override
  public Integer call() {
    try {
      options.check();
      new GraphStoreBenchmark(options, new ChildProcesses(options), System.out).run();
      return 0;
    } catch (KaleException e) {
      System.err.println("Error: " + e.getMessage());
      return 1;
    }
  }
}
