package ai.kale.tck;

import ai.kale.spi.tensor.TensorEngine;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;

/**
 * All contracts of the tensor SPI at once: a subclass gives the engine and a small checkpoint. What
 * an engine cannot do it refuses with {@link ai.kale.error.UnsupportedCapabilityException}, whose
 * message names the option; the tests of that option are then skipped.
 */
public abstract class TensorEngineContract {
  /** The engine under test. */
  protected abstract TensorEngine engine();

  /**
   * Writes a small checkpoint, as {@link TensorEngineFixture#writeCheckpoint} describes it.
   *
   * @param folder created if missing
   * @param seed of its weights
   */
  protected abstract void writeCheckpoint(Path folder, long seed);

  @Nested
  class Training extends TensorTrainingContract {
    @Override
    protected TensorEngine engine() {
      return TensorEngineContract.this.engine();
    }

    @Override
    protected void writeCheckpoint(Path folder, long seed) {
      TensorEngineContract.this.writeCheckpoint(folder, seed);
    }
  }

  @Nested
  class Optimizing extends TensorOptimizerContract {
    @Override
    protected TensorEngine engine() {
      return TensorEngineContract.this.engine();
    }

    @Override
    protected void writeCheckpoint(Path folder, long seed) {
      TensorEngineContract.this.writeCheckpoint(folder, seed);
    }
  }

  @Nested
  class Divergences extends TensorDivergenceContract {
    @Override
    protected TensorEngine engine() {
      return TensorEngineContract.this.engine();
    }

    @Override
    protected void writeCheckpoint(Path folder, long seed) {
      TensorEngineContract.this.writeCheckpoint(folder, seed);
    }
  }

  @Nested
  class Reading extends TensorReadingContract {
    @Override
    protected TensorEngine engine() {
      return TensorEngineContract.this.engine();
    }

    @Override
    protected void writeCheckpoint(Path folder, long seed) {
      TensorEngineContract.this.writeCheckpoint(folder, seed);
    }
  }

  @Nested
  class State extends TensorStateContract {
    @Override
    protected TensorEngine engine() {
      return TensorEngineContract.this.engine();
    }

    @Override
    protected void writeCheckpoint(Path folder, long seed) {
      TensorEngineContract.this.writeCheckpoint(folder, seed);
    }
  }

  @Nested
  class Adapters extends TensorAdapterContract {
    @Override
    protected TensorEngine engine() {
      return TensorEngineContract.this.engine();
    }

    @Override
    protected void writeCheckpoint(Path folder, long seed) {
      TensorEngineContract.this.writeCheckpoint(folder, seed);
    }
  }

  @Nested
  class AdapterFiles extends TensorAdapterFilesContract {
    @Override
    protected TensorEngine engine() {
      return TensorEngineContract.this.engine();
    }

    @Override
    protected void writeCheckpoint(Path folder, long seed) {
      TensorEngineContract.this.writeCheckpoint(folder, seed);
    }
  }

  @Nested
  class Options extends TensorOptionsContract {
    @Override
    protected TensorEngine engine() {
      return TensorEngineContract.this.engine();
    }

    @Override
    protected void writeCheckpoint(Path folder, long seed) {
      TensorEngineContract.this.writeCheckpoint(folder, seed);
    }
  }

  @Nested
  class Refusals extends TensorRefusalContract {
    @Override
    protected TensorEngine engine() {
      return TensorEngineContract.this.engine();
    }

    @Override
    protected void writeCheckpoint(Path folder, long seed) {
      TensorEngineContract.this.writeCheckpoint(folder, seed);
    }
  }
}
