package ai.kale.train.djl;

import ai.djl.engine.Engine;
import ai.kale.error.UnsupportedCapabilityException;
import ai.kale.spi.tensor.EngineOptions;
import ai.kale.spi.tensor.TensorEngine;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.train.checkpoint.Checkpoint;
import java.nio.file.Path;

/**
 * Llama decoders in 32-bit floats on the CPU, over Deep Java Library and libtorch.
 *
 * <p>The native libraries are artifacts of their own ({@code ai.djl.pytorch:pytorch-jni} and {@code
 * ai.djl.pytorch:pytorch-native-cpu} with the platform's classifier); where they are missing, the
 * {@link ai.kale.error.SetupException} names them. Nothing is downloaded and no use is reported.
 *
 * <p>A model holds its weights; gradients and the two optimizer moments, each as large as the
 * weights, are allocated at first use. Every call makes one more copy of the block weights while it
 * runs, besides the activations.
 *
 * <p>Each operation runs on one thread, so that several models can train beside each other; the
 * system property {@code kale.torch.threads}, read when libtorch is loaded, gives another number.
 */
public final class DjlTensorEngine implements TensorEngine {
  /** Makes the engine; libtorch is loaded by the first {@link #open}. */
  public DjlTensorEngine() {}

  @Override
  public String name() {
    return "djl-pytorch";
  }

  @Override
  public TensorModel open(Path checkpoint, EngineOptions options) {
    if (!options.device().equals("cpu")) {
      throw new UnsupportedCapabilityException(
          "device "
              + options.device()
              + " is not supported by the engine "
              + name()
              + "; use EngineOptions.cpu()");
    }
    try (Checkpoint files = Checkpoint.open(checkpoint)) {
      Engine engine = NativeLibraries.load();
      return DjlTensorModel.load(engine, files.config(), options, files::floats);
    }
  }
}
