package ai.kale.train.checkpoint;

import ai.kale.error.CorruptFileException;
import ai.kale.error.SetupException;
import ai.kale.train.io.Json;
import ai.kale.train.io.SourceFiles;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * A checkpoint folder in Hugging Face layout: {@code config.json} and {@code model.safetensors}, or
 * shards with {@code model.safetensors.index.json}. Opening checks that exactly the tensors of the
 * configuration are there, with its shapes; values are read on demand.
 */
public final class Checkpoint implements AutoCloseable {
  /** The weights, where they are one file. */
  public static final String WEIGHTS = "model.safetensors";

  /** The list of shards, where the weights are several files. */
  public static final String INDEX = "model.safetensors.index.json";

  /** Most bytes of one weights file unless told otherwise, as in Hugging Face's libraries: 5 GB. */
  public static final long MAX_SHARD_BYTES = 5_000_000_000L;

  private final DecoderConfig config;
  private final Map<String, SafetensorsFile> files = new LinkedHashMap<>();
  private final Map<String, SafetensorsFile> byTensor = new LinkedHashMap<>();

  private Checkpoint(DecoderConfig config) {
    this.config = config;
  }

  /**
   * Opens a folder.
   *
   * @param folder the checkpoint
   * @return the open checkpoint; close it
   * @throws SetupException if the configuration or the weights are not there
   * @throws CorruptFileException if a file is damaged, or tensors and configuration do not agree
   * @throws ai.kale.error.UnsupportedCapabilityException if the architecture or a configuration
   *     field is not supported
   */
  public static Checkpoint open(Path folder) {
    Checkpoint checkpoint = new Checkpoint(DecoderConfig.read(folder));
    try {
      checkpoint.openFiles(folder);
      checkpoint.checkTensors(folder);
      return checkpoint;
    } catch (RuntimeException e) {
      checkpoint.close();
      throw e;
    }
  }

  /**
   * Writes a checkpoint folder in F32, in shards of 5 GB at most.
   *
   * @param folder created if missing
   * @param config the configuration
   * @param values gives each tensor of {@link DecoderConfig#parameterShapes()}, row-major
   * @throws SetupException if the files cannot be written
   */
  public static void write(Path folder, DecoderConfig config, Function<String, float[]> values) {
    write(folder, config, values, TensorType.F32, MAX_SHARD_BYTES);
  }

  /**
   * Writes a checkpoint folder: one weights file if all tensors fit into a shard, shards with an
   * index otherwise. Weights files of an earlier save in the same folder are removed. One tensor is
   * held in memory at a time.
   *
   * @param folder created if missing
   * @param config the configuration
   * @param values gives each tensor of {@link DecoderConfig#parameterShapes()}, row-major; called
   *     once for each, in that order
   * @param type {@link TensorType#F32}, {@link TensorType#F16} or {@link TensorType#BF16}
   * @param maxShardBytes most bytes of tensors in one file; a larger tensor has a file of its own
   * @throws SetupException if the files cannot be written
   */
  public static void write(
      Path folder,
      DecoderConfig config,
      Function<String, float[]> values,
      TensorType type,
      long maxShardBytes) {
    new CheckpointWriter(config, type, maxShardBytes).write(folder, values);
  }

  /**
   * Whether a file of this name holds weights of a checkpoint, or lists those that do.
   *
   * @param fileName name inside the folder
   * @return true for {@code model.safetensors}, its index and shards
   */
  public static boolean isWeightsFile(String fileName) {
    return fileName.equals(WEIGHTS)
        || fileName.equals(INDEX)
        || fileName.matches("model-[0-9]{5}-of-[0-9]{5}\\.safetensors");
  }

  /** The configuration. */
  public DecoderConfig config() {
    return config;
  }

  /**
   * Reads a tensor as 32-bit floats.
   *
   * @param name one of the configuration's parameters
   * @return its values, row-major
   */
  public float[] floats(String name) {
    return file(name).floats(name);
  }

  /**
   * Passes a tensor on in mapped parts, without a copy on the heap; see {@link
   * SafetensorsFile#forEachPart}.
   *
   * @param name one of the configuration's parameters
   * @param consumer called for each part, in order
   */
  public void forEachPart(String name, SafetensorsFile.PartConsumer consumer) {
    file(name).forEachPart(name, consumer);
  }

  private SafetensorsFile file(String name) {
    SafetensorsFile file = byTensor.get(name);
    if (file == null) {
      throw new IllegalArgumentException("not a parameter of this checkpoint: " + name);
    }
    return file;
  }

  private void openFiles(Path folder) {
    Path single = folder.resolve(WEIGHTS);
    Path index = folder.resolve(INDEX);
    if (SourceFiles.isThere(single)) {
      SafetensorsFile file = SafetensorsFile.open(single);
      files.put(WEIGHTS, file);
      file.tensors().keySet().forEach(name -> byTensor.put(name, file));
    } else if (SourceFiles.isThere(index)) {
      openShards(folder, index);
    } else if (SourceFiles.isThere(folder.resolve("pytorch_model.bin"))
        || SourceFiles.isThere(folder.resolve("pytorch_model.bin.index.json"))) {
      throw new SetupException(
          folder
              + " holds its weights as pytorch_model.bin, which is a Python program that is run when"
              + " it is read; it is never opened. Convert it with save_pretrained(...,"
              + " safe_serialization=True), or take the checkpoint's safetensors files");
    } else {
      throw new SetupException(
          folder
              + " holds neither "
              + WEIGHTS
              + " nor "
              + INDEX
              + "; give a checkpoint folder with safetensors weights");
    }
  }

  private void openShards(Path folder, Path index) {
    JsonNode map = Json.read(index).path("weight_map");
    if (!map.isObject()) {
      throw new CorruptFileException(index + ": weight_map is missing; copy the file again");
    }
    for (Map.Entry<String, JsonNode> entry : map.properties()) {
      String shard = entry.getValue().asText();
      if (!entry.getValue().isTextual() || !shard.matches("[A-Za-z0-9_][A-Za-z0-9_.-]*")) {
        throw new CorruptFileException(
            index + ": " + entry.getKey() + " lies in " + entry.getValue() + ", not a file name");
      }
      Path path = folder.resolve(shard);
      if (!files.containsKey(shard)) {
        if (!SourceFiles.isThere(path)) {
          throw new CorruptFileException(
              index + ": the shard " + shard + " is missing; copy it from the checkpoint's source");
        }
        files.put(shard, SafetensorsFile.open(path));
      }
      SafetensorsFile file = files.get(shard);
      if (file == null || !file.tensors().containsKey(entry.getKey())) {
        throw new CorruptFileException(
            index + ": tensor " + entry.getKey() + " is not in " + shard + "; copy both again");
      }
      byTensor.put(entry.getKey(), file);
    }
  }

  private void checkTensors(Path folder) {
    // Before a name is made for each tensor: the number of layers may be damaged.
    if (config.layers() > byTensor.size()) {
      throw misfit(
          folder, config.layers() + " layers cannot be in " + byTensor.size() + " tensors");
    }
    Map<String, long[]> expected = config.parameterShapes();
    for (Map.Entry<String, long[]> parameter : expected.entrySet()) {
      SafetensorsFile file = byTensor.get(parameter.getKey());
      TensorInfo tensor = file == null ? null : file.tensors().get(parameter.getKey());
      if (tensor == null) {
        throw misfit(folder, "tensor " + parameter.getKey() + " is missing");
      }
      if (!Arrays.equals(tensor.shape(), parameter.getValue())) {
        throw misfit(
            folder,
            "tensor "
                + parameter.getKey()
                + " has shape "
                + Arrays.toString(tensor.shape())
                + " but the configuration asks for "
                + Arrays.toString(parameter.getValue()));
      }
    }
    for (String name : byTensor.keySet()) {
      boolean unused = name.equals("lm_head.weight") || name.endsWith(".rotary_emb.inv_freq");
      if (!expected.containsKey(name) && !unused) {
        throw misfit(folder, "tensor " + name + " has no place in the configuration");
      }
    }
  }

  private static CorruptFileException misfit(Path folder, String what) {
    return new CorruptFileException(
        folder + ": " + what + "; weights and config.json must come from the same checkpoint");
  }

  @Override
  public void close() {
    files.values().forEach(SafetensorsFile::close);
  }
}
