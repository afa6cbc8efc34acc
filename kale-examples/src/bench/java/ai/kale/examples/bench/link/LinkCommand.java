package ai.kale.examples.bench.link;

import ai.kale.error.KaleException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Measures entity linking: speed, memory and quality. */
@Command(
    name = "link",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Links questions by label, in one thread, and compares with annotations.")
public final class LinkCommand implements Callable<Integer> {
  @Mixin private final LinkBenchOptions options = new LinkBenchOptions();

  @Override
  public Integer call() {
    try {
      options.check();
      new LinkBenchmark(options, System.out).run();
      return 0;
    } catch (KaleException e) {
      System.err.println("Error: " + e.getMessage());
      return 1;
    }
  }
}
