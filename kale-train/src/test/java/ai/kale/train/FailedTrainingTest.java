package ai.kale.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.kale.error.InsufficientMemoryException;
import ai.kale.error.TrainingDivergedException;
import ai.kale.run.RunContext;
import ai.kale.spi.tensor.StepLosses;
import ai.kale.spi.tensor.TensorEngine;
import ai.kale.spi.tensor.TokenBatch;
import ai.kale.train.djl.DjlTensorEngine;
import ai.kale.train.io.WeightsHash;
import ai.kale.train.objective.Objectives;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Steps that fail, and the run that goes on from the last good checkpoint. */
class FailedTrainingTest {
  private static final int STEPS = 8;

  private Path base = Path.of("");

  @BeforeEach
  void makeCheckpoint(@TempDir Path shared) {
    base = TinyWorld.checkpoint(shared.resolve("base"));
  }

  private String train(TensorEngine engine, Path run) {
    KaleTrainer trainer =
        KaleTrainer.builder()
            .engine(engine)
            .checkpoint(base)
            .objective(Objectives.sftWithBridgeLens())
            .schedule(Schedule.of(STEPS, 5e-3, 3))
            .batchSize(10)
            .microBatch(5)
            .checkpoints(run, 2)
            .build();
    try (FineTunedModel model = trainer.train(TinyWorld.questions(), RunContext.silent())) {
      return WeightsHash.of(model.tensorModel());
    }
  }

  /** Two passes a step: pass 9 is the first and pass 10 the second of step 5. */
  private static TensorEngine failing(int pass, RuntimeException failure) {
    int[] passes = {0};
    return new WatchedEngine(
        new DjlTensorEngine(),
        (method, arguments, call) -> {
          if (method.equals("accumulate") && ++passes[0] == pass) {
            call.call();
            throw failure;
          }
          return call.call();
        });
  }

  private static TensorEngine diverging(int pass) {
    int[] passes = {0};
    return new WatchedEngine(
        new DjlTensorEngine(),
        (method, arguments, call) -> {
          Object value = call.call();
          if (method.equals("accumulate") && ++passes[0] == pass) {
            double[] bad = new double[((StepLosses) value).values().length];
            Arrays.fill(bad, Double.NaN);
            return new StepLosses(bad, ((TokenBatch) arguments[0]).tokenCount());
          }
          return value;
        });
  }

  @Test
  void aLossThatIsNotANumberLeavesTheLastGoodCheckpoint(@TempDir Path temp) {
    String uninterrupted = train(new DjlTensorEngine(), temp.resolve("whole"));
    Path run = temp.resolve("run");
    TrainingDivergedException thrown =
        catchThrowableOfType(TrainingDivergedException.class, () -> train(diverging(10), run));
    assertThat(thrown)
        .hasMessageContaining("loss answer-cross-entropy is NaN at step 5")
        .hasMessageMatching("(?s).*Questions of the batch: q\\d+(, q\\d+){4}\\. .*");
    assertThat(TrainingCheckpoint.latest(run)).get().matches(c -> c.state().step() == 4);
    assertThat(train(new DjlTensorEngine(), run)).isEqualTo(uninterrupted);
  }

  @Test
  void memoryThatRunsOutSaysWhereAndWhatToLower(@TempDir Path temp) {
    String uninterrupted = train(new DjlTensorEngine(), temp.resolve("whole"));
    Path run = temp.resolve("run");
    InsufficientMemoryException cause =
        new InsufficientMemoryException("12 GB were asked for", new IllegalStateException("oom"));
    InsufficientMemoryException thrown =
        catchThrowableOfType(
            InsufficientMemoryException.class, () -> train(failing(9, cause), run));
    assertThat(thrown)
        .hasMessageContaining("at step 5")
        .hasMessageContaining("a pass of 5 examples, the longest of ")
        .hasMessageContaining("12 GB were asked for")
        .hasMessageContaining("Lower microBatch or microBatchTokens")
        .hasMessageContaining("activation checkpointing")
        .hasMessageMatching("(?s).*Questions of the pass: q\\d+(, q\\d+){4}");
    assertThat(thrown.getCause()).isSameAs(cause);
    assertThat(TrainingCheckpoint.latest(run)).get().matches(c -> c.state().step() == 4);
    assertThat(train(new DjlTensorEngine(), run)).isEqualTo(uninterrupted);
  }
}
