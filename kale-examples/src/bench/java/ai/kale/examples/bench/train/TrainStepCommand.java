package ai.kale.examples.bench.train;

import ai.kale.error.KaleException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Measures training steps, decoding, and memory of training. */
@Command(
    name = "train-step",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Training steps beside their matrix products alone, and beside PyTorch.")
public final class TrainStepCommand implements Callable<Integer> {
  @Mixin private final TrainStepOptions options = new TrainStepOptions();

  @Override
  public Integer call() {
    try {
      options.check();
      new TrainStepBenchmark(options, System.out).run();
      return 0;
    } catch (KaleException e) {
      System.err.println("Error: " + e.getMessage());
      return 1;
    }
  }
}
