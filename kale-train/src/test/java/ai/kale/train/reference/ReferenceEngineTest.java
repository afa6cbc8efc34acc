package ai.kale.train.reference;

import ai.kale.spi.tensor.TensorEngine;
import ai.kale.tck.TensorAdapterContract;
import ai.kale.tck.TensorAdapterFilesContract;
import ai.kale.tck.TensorDivergenceContract;
import ai.kale.tck.TensorOptimizerContract;
import ai.kale.tck.TensorOptionsContract;
import ai.kale.tck.TensorReadingContract;
import ai.kale.tck.TensorRefusalContract;
import ai.kale.tck.TensorStateContract;
import ai.kale.tck.TensorTrainingContract;
import ai.kale.train.checkpoint.DecoderConfig;
import ai.kale.train.checkpoint.DecoderInitializer;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;

/** A second engine keeps the contracts. */
class ReferenceEngineTest {
  private static void write(Path folder, long seed) {
    DecoderInitializer.create(folder, DecoderConfig.small(23, 8, 12, 2, 2, 48), seed);
  }

  @Nested
  class Training extends TensorTrainingContract {
    @Override
    protected TensorEngine engine() {
      return new ReferenceEngine();
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
      return new ReferenceEngine();
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
      return new ReferenceEngine();
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
      return new ReferenceEngine();
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
      return new ReferenceEngine();
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
      return new ReferenceEngine();
    }

    @Override
    protected void writeCheckpoint(Path folder, long seed) {
      write(folder, seed);
    }
  }

  @Nested
  class Adapters extends TensorAdapterContract {
    @Override
    protected TensorEngine engine() {
      return new ReferenceEngine();
    }

    @Override
    protected void writeCheckpoint(Path folder, long seed) {
      write(folder, seed);
    }
  }

  @Nested
  class AdapterFolders extends TensorAdapterFilesContract {
    @Override
    protected TensorEngine engine() {
      return new ReferenceEngine();
    }

    @Override
    protected void writeCheckpoint(Path folder, long seed) {
      write(folder, seed);
    }
  }

  @Nested
  class Options extends TensorOptionsContract {
    @Override
    protected TensorEngine engine() {
      return new ReferenceEngine();
    }

    @Override
    protected void writeCheckpoint(Path folder, long seed) {
      write(folder, seed);
    }
  }
}
