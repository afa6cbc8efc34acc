package ai.kale.train.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.spi.tensor.TensorEngine;
import ai.kale.tck.TensorEngineContract;
import ai.kale.train.checkpoint.DecoderConfig;
import ai.kale.train.checkpoint.DecoderInitializer;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** The engine keeps the contracts and is found as a service. */
class DjlTensorEngineTest extends TensorEngineContract {
  @Override
  protected TensorEngine engine() {
    return new DjlTensorEngine();
  }

  @Override
  protected void writeCheckpoint(Path folder, long seed) {
    DecoderInitializer.create(folder, DecoderConfig.small(29, 16, 24, 3, 2, 64), seed);
  }

  @Test
  void isFoundAsAService() {
    assertThat(ServiceLoader.load(TensorEngine.class))
        .hasAtLeastOneElementOfType(DjlTensorEngine.class);
  }
}
