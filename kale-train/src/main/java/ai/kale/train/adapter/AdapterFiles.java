package ai.kale.train.adapter;

import ai.kale.error.CorruptFileException;
import ai.kale.error.SetupException;
import ai.kale.train.checkpoint.SafetensorsFile;
import ai.kale.train.checkpoint.SafetensorsWriter;
import ai.kale.train.checkpoint.TensorInfo;
import ai.kale.train.checkpoint.TensorType;
import ai.kale.train.io.Folders;
import ai.kale.train.io.SourceFiles;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * An adapter in PEFT's layout: {@code adapter_config.json} and {@code adapter_model.safetensors}.
 */
public final class AdapterFiles {
  /** The configuration. */
  public static final String CONFIG = "adapter_config.json";

  /** The tensors. */
  public static final String WEIGHTS = "adapter_model.safetensors";

  private AdapterFiles() {}

  /**
   * Reads the configuration.
   *
   * @param folder the adapter
   * @return what it says
   * @throws SetupException if there is no such file
   * @throws CorruptFileException if it is not JSON, or a field is missing or out of range
   * @throws ai.kale.error.UnsupportedCapabilityException if a field asks for a computation that
   *     this library does not do
   */
  public static AdapterConfig readConfig(Path folder) {
    return AdapterConfigJson.read(folder.resolve(CONFIG));
  }

  /**
   * Reads the tensors, one in memory at a time.
   *
   * @param folder the adapter
   * @param layout which tensors there must be
   * @param into called for each with its name and values, row-major
   * @throws SetupException if there is no safetensors file
   * @throws CorruptFileException if it is damaged, a tensor is missing, of another shape or too
   *     many
   */
  public static void readTensors(
      Path folder, AdapterLayout layout, BiConsumer<String, float[]> into) {
    Path file = folder.resolve(WEIGHTS);
    if (!SourceFiles.isThere(file)) {
      throw new SetupException(
          folder
              + " holds no "
              + WEIGHTS
              + "; save the adapter with safe_serialization=True (a .bin file is not read, it may"
              + " hold code)");
    }
    try (SafetensorsFile source = SafetensorsFile.open(file)) {
      Map<String, long[]> shapes = layout.shapes();
      for (String name : source.tensors().keySet()) {
        if (!shapes.containsKey(name)) {
          throw misfit(file, "tensor " + name + " belongs to no module that " + CONFIG + " names");
        }
      }
      shapes.forEach((name, shape) -> check(file, name, shape, source));
      shapes.keySet().forEach(name -> into.accept(name, source.floats(name)));
    }
  }

  private static void check(Path file, String name, long[] shape, SafetensorsFile source) {
    TensorInfo tensor = source.tensors().get(name);
    if (tensor == null) {
      throw misfit(file, "tensor " + name + " is missing");
    }
    if (!Arrays.equals(tensor.shape(), shape)) {
      throw misfit(
          file,
          "tensor "
              + name
              + " has shape "
              + Arrays.toString(tensor.shape())
              + " but model and "
              + CONFIG
              + " ask for "
              + Arrays.toString(shape));
    }
  }

  private static CorruptFileException misfit(Path file, String what) {
    return new CorruptFileException(
        file + ": " + what + "; both files must come from one adapter, made for this base model");
  }

  /**
   * Writes both files; together they are replaced whole or not at all, other files stay.
   *
   * @param folder created if missing
   * @param config what the adapter is
   * @param layout its matrices
   * @param baseModel name or path of the base model
   * @param values gives each tensor of {@link AdapterLayout#shapes()}, row-major
   * @throws SetupException if the files cannot be written
   */
  public static void write(
      Path folder,
      AdapterConfig config,
      AdapterLayout layout,
      String baseModel,
      Function<String, float[]> values) {
    Folders.replace(
        folder,
        CONFIG,
        target -> {
          SafetensorsWriter.write(
              target.resolve(WEIGHTS), layout.shapes(), values, TensorType.F32, Map.of());
          AdapterConfigJson.write(config, layout, baseModel, target.resolve(CONFIG));
        });
  }
}
