package ai.kale.train.djl;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.kale.spi.tensor.AdapterSource;
import ai.kale.spi.tensor.EngineOptions;
import ai.kale.spi.tensor.LoraSpec;
import ai.kale.spi.tensor.SavedAdapter;
import ai.kale.spi.tensor.TensorEngine;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.train.adapter.AdapterConfig;
import ai.kale.train.adapter.AdapterFiles;
import ai.kale.train.adapter.AdapterLayout;
import ai.kale.train.checkpoint.Checkpoint;
import ai.kale.train.checkpoint.DecoderConfig;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Decoders in 32-bit floats or bfloat16, with or without a low-rank adapter, on the CPU or a CUDA
 * GPU, over Deep Java Library and libtorch.
 *
 * <p>The native libraries are artifacts of their own ({@code ai.djl.pytorch:pytorch-jni} and {@code
 * ai.djl.pytorch:pytorch-native-cpu} with the platform's classifier); where they are missing, the
 * {@link ai.kale.error.SetupException} names them. Nothing is downloaded and no use is reported.
 *
 * <p>A model holds its weights; gradients and the two optimizer moments, each as large as what is
 * trained, are allocated at first use. With an adapter that is the adapter alone. Generation in
 * 32-bit floats makes one more copy of the weights of plain blocks, and from some tokens on of the
 * head, while it runs.
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

  /** Versions of DJL and libtorch, and the threads of one operation. Loads libtorch. */
  @Override
  public String version() {
    Engine engine = NativeLibraries.load();
    return "DJL "
        + Engine.getDjlVersion()
        + ", libtorch "
        + engine.getVersion()
        + ", threads "
        + NativeLibraries.threads();
  }

  @Override
  public TensorModel open(Path checkpoint, EngineOptions options) {
    Device device = Devices.of(options.device());
    try (Checkpoint files = Checkpoint.open(checkpoint)) {
      Optional<ComputePlan.Adapter> adapter =
          options.adapter().map(source -> adapter(files.config(), source));
      ComputePlan plan = new ComputePlan(files.config(), options.precision(), adapter);
      Engine engine = NativeLibraries.load();
      Devices.require(device);
      return DjlTensorModel.load(
          engine, device, plan, PassLimits.of(files.config(), options), files, options.adapter());
    }
  }

  private static ComputePlan.Adapter adapter(DecoderConfig config, AdapterSource source) {
    if (source instanceof SavedAdapter saved) {
      AdapterConfig adapter = AdapterFiles.readConfig(saved.folder());
      String where = saved.folder().resolve(AdapterFiles.CONFIG).toString();
      return new ComputePlan.Adapter(adapter, AdapterLayout.ofSaved(config, adapter, where));
    }
    AdapterConfig adapter = AdapterConfig.of((LoraSpec) source);
    return new ComputePlan.Adapter(adapter, AdapterLayout.of(config, adapter, "LoraSpec"));
  }
}
