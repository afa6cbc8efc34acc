package ai.kale.spi.tensor;

import java.nio.file.Path;

/**
 * Opens models. Implementations are found with {@link java.util.ServiceLoader} unless the caller
 * passes one; they are stateless and safe for use by several threads. The contract is tested by
 * {@code TensorEngineContract} in {@code ai.kale.tck}.
 */
public interface TensorEngine {
  /** A short stable name such as {@code "djl-pytorch"}. */
  String name();

  /**
   * What computes, for provenance: the libraries beneath with their versions, and settings that
   * decide how results are rounded, such as {@code "DJL 0.35.1, libtorch 2.7.1, threads 1"}. One
   * line. May load native libraries.
   *
   * @return {@code "unknown"} unless the engine tells
   * @throws ai.kale.error.SetupException if native libraries are needed and missing
   */
  default String version() {
    return "unknown";
  }

  /**
   * Opens a checkpoint folder in Hugging Face layout ({@code config.json}, {@code *.safetensors}).
   * The folder is read, never written.
   *
   * @param checkpoint the folder
   * @param options device and threads
   * @return a model whose gradients are zero and whose optimizer state is empty; close it
   * @throws ai.kale.error.CorruptFileException if a file is damaged or does not fit the
   *     configuration
   * @throws ai.kale.error.UnsupportedCapabilityException if the architecture, a configuration field
   *     that would change the result, or an option is not supported
   * @throws ai.kale.error.SetupException if there is no such folder, {@code config.json} or the
   *     weights are missing or cannot be read, or the engine cannot run here, for example because
   *     its native libraries are missing
   */
  TensorModel open(Path checkpoint, EngineOptions options);
}
