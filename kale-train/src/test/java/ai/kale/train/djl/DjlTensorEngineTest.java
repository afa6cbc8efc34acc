package ai.kale.train.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.spi.tensor.TensorEngine;
import ai.kale.tck.TensorDivergenceContract;
import ai.kale.tck.TensorOptimizerContract;
import ai.kale.tck.TensorReadingContract;
import ai.kale.tck.TensorRefusalContract;
import ai.kale.tck.TensorStateContract;
import ai.kale.tck.TensorTrainingContract;
import ai.kale.train.checkpoint.DecoderConfig;
import ai.kale.train.checkpoint.DecoderInitializer;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The engine keeps the contracts and is found as a service. */
class DjlTensorEngineTest {
  private static void write(Path folder, long seed) {
    DecoderInitializer.create(folder, DecoderConfig.small(29, 16, 24, 3, 2, 64), seed);
  }

  @Nested
  class Training extends TensorTrainingContract {
    @Override
    protected TensorEngine engine() {
      return new DjlTensorEngine();
    }

    @Override
    protected void writeCheckpoint(Path folder, long seed) {
      write(folder, seed);
    }
  }

  @Nested
  class State extends TensorStateContract {
    @Override
    protected TensorEngine engine() {
      return new DjlTensorEngine();
    }

    @Override
    protected void writeCheckpoint(Path folder, long seed) {
      write(folder, seed);
    }
  }

  @Nested
  class Reading extends TensorReadingContract {
    @Override
    protected TensorEngine engine() {
      return new DjlTensorEngine();
    }

    @Override
    protected void writeCheckpoint(Path folder, long seed) {
      write(folder, seed);
    }
  }

  @Nested
  class Refusals extends TensorRefusalContract {
    @Override
    protected TensorEngine engine() {
      return new DjlTensorEngine();
    }

    @Override
    protected void writeCheckpoint(Path folder, long seed) {
      write(folder, seed);
    }
  }

  @Nested
  class Optimizing extends TensorOptimizerContract {
    @Override
    protected TensorEngine engine() {
      return new DjlTensorEngine();
    }

    @Override
    protected void writeCheckpoint(Path folder, long seed) {
      write(folder, seed);
    }
  }

  @Nested
  class Divergences extends TensorDivergenceContract {
    @Override
    protected TensorEngine engine() {
      return new DjlTensorEngine();
    }

    @Override
    protected void writeCheckpoint(Path folder, long seed) {
      write(folder, seed);
    }
  }

  @Test
  void isFoundAsAService() {
    assertThat(ServiceLoader.load(TensorEngine.class))
        .hasAtLeastOneElementOfType(DjlTensorEngine.class);
  }
}
