package ai.kale.train.reference;

import ai.kale.spi.tensor.TensorEngine;
import ai.kale.tck.TensorEngineContract;
import ai.kale.train.checkpoint.DecoderConfig;
import ai.kale.train.checkpoint.DecoderInitializer;
import java.nio.file.Path;

/** A second engine keeps the contracts. */
class ReferenceEngineTest extends TensorEngineContract {
  @Override
  protected TensorEngine engine() {
    return new ReferenceEngine();
  }

  @Override
  protected void writeCheckpoint(Path folder, long seed) {
    DecoderInitializer.create(folder, DecoderConfig.small(23, 8, 12, 2, 2, 48), seed);
  }
}
