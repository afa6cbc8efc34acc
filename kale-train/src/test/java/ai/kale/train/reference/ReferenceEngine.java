package ai.kale.train.reference;

import ai.kale.error.UnsupportedCapabilityException;
import ai.kale.spi.tensor.EngineOptions;
import ai.kale.spi.tensor.Precision;
import ai.kale.spi.tensor.TensorEngine;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.train.checkpoint.Checkpoint;
import java.nio.file.Path;

/**
 * Decoders in double precision and plain Java. Activation checkpointing and the bound on logits
 * change no result, so they are accepted and have no effect; other devices and formats are refused.
 */
public final class ReferenceEngine implements TensorEngine {
  @Override
  public String name() {
    return "reference";
  }

  @Override
  public TensorModel open(Path checkpoint, EngineOptions options) {
    if (!options.device().equals("cpu") || options.precision() != Precision.F32) {
      throw new UnsupportedCapabilityException(
          options.precision()
              + " on "
              + options.device()
              + " is not supported by the engine "
              + name()
              + "; use EngineOptions.cpu()");
    }
    try (Checkpoint files = Checkpoint.open(checkpoint)) {
      ReferenceModel model = ReferenceModel.of(files.config(), files::floats);
      options.adapter().ifPresent(model::adapt);
      return model;
    }
  }
}
