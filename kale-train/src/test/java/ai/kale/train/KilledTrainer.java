package ai.kale.train;

import ai.kale.run.RunContext;
import ai.kale.spi.tensor.LoraSpec;
import ai.kale.spi.tensor.TensorEngine;
import ai.kale.train.djl.DjlTensorEngine;
import ai.kale.train.metrics.MetricsFile;
import ai.kale.train.objective.Objectives;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A training run in a process of its own that stops somewhere, says so and waits to be killed.
 * Arguments: base checkpoint, folder of the run, {@code full} or {@code lora}, where to stop:
 * {@code step:N} after a step, or {@code optimizer:N} in the middle of the N-th checkpoint.
 */
public final class KilledTrainer {
  static final int STEPS = 12;
  static final int EVERY = 3;
  private static final int FOREVER = 600_000;

  private KilledTrainer() {}

  public static void main(String[] args) {
    Path run = Path.of(args[1]);
    String[] stop = args[3].split(":", 2);
    int at = Integer.parseInt(stop[1]);
    TensorEngine engine = new DjlTensorEngine();
    StepListener listener = metrics(run);
    if (stop[0].equals("step")) {
      listener = listener.and(report -> waitIf(report.step() == at));
    } else {
      engine = stopping(engine, at);
    }
    trainer(engine, Path.of(args[0]), run, args[2].equals("lora"), listener)
        .train(TinyWorld.questions(), RunContext.silent())
        .close();
  }

  static StepListener metrics(Path run) {
    return new MetricsFile(run.resolve("metrics.jsonl"));
  }

  /** The run that is killed, resumed, and made in one go. */
  static KaleTrainer trainer(
      TensorEngine engine, Path base, Path run, boolean lora, StepListener listener) {
    KaleTrainerBuilder builder =
        KaleTrainer.builder()
            .engine(engine)
            .checkpoint(base)
            .objective(Objectives.kaleWithBridgeLens())
            .schedule(Schedule.of(STEPS, 5e-3, 3))
            .batchSize(10)
            .teacher(TeacherMode.ema(0.8))
            .replay(TinyWorld.facts(), 0.3)
            .checkpoints(run.resolve("checkpoints"), EVERY)
            .listener(listener);
    return (lora ? builder.lora(LoraSpec.ofRank(4, 5).withDropout(0.1)) : builder).build();
  }

  private static void waitIf(boolean stop) {
    if (!stop) {
      return;
    }
    System.out.println("waiting to be killed");
    try {
      Thread.sleep(FOREVER);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Its models write half of an optimizer's file and wait. */
  private static TensorEngine stopping(TensorEngine engine, int at) {
    int[] saved = {0};
    return new WatchedEngine(
        engine,
        (method, arguments, call) -> {
          if (method.equals("saveOptimizer") && ++saved[0] == at) {
            Files.write((Path) arguments[0], new byte[100]);
            waitIf(true);
          }
          return call.call();
        });
  }
}
