package ai.kale.train.checkpoint;

import ai.kale.run.AtomicFiles;
import ai.kale.train.io.Folders;
import ai.kale.train.io.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Writes checkpoint folders, in shards where the weights are large. */
final class CheckpointWriter {
  private final DecoderConfig config;
  private final TensorType type;
  private final List<Map<String, long[]>> shards = new ArrayList<>();
  private long totalBytes;

  CheckpointWriter(DecoderConfig config, TensorType type, long maxShardBytes) {
    this.config = config;
    this.type = type;
    if (maxShardBytes < 1) {
      throw new IllegalArgumentException("maxShardBytes must be positive; got " + maxShardBytes);
    }
    long filled = 0;
    for (Map.Entry<String, long[]> tensor : config.parameterShapes().entrySet()) {
      long bytes = type.bytes();
      for (long size : tensor.getValue()) {
        bytes = Math.multiplyExact(bytes, size);
      }
      if (shards.isEmpty() || filled + bytes > maxShardBytes) {
        shards.add(new LinkedHashMap<>());
        filled = 0;
      }
      shards.get(shards.size() - 1).put(tensor.getKey(), tensor.getValue());
      filled += bytes;
      totalBytes += bytes;
    }
  }

  /** Configuration last: a folder without it is refused, so no crash leaves a mixture. */
  void write(Path folder, Function<String, float[]> values) {
    Folders.replace(
        folder,
        DecoderConfig.FILE_NAME,
        Checkpoint::isWeightsFile,
        target -> {
          writeWeights(target, values);
          writeConfig(target);
        });
  }

  private void writeWeights(Path folder, Function<String, float[]> values) {
    if (shards.size() == 1) {
      writeFile(folder.resolve(Checkpoint.WEIGHTS), shards.get(0), values);
      return;
    }
    Map<String, String> places = new TreeMap<>();
    for (int i = 0; i < shards.size(); i++) {
      String name =
          String.format(Locale.ROOT, "model-%05d-of-%05d.safetensors", i + 1, shards.size());
      writeFile(folder.resolve(name), shards.get(i), values);
      shards.get(i).keySet().forEach(tensor -> places.put(tensor, name));
    }
    ObjectNode index = Json.object();
    index.putObject("metadata").put("total_size", totalBytes);
    places.forEach(index.putObject("weight_map")::put);
    AtomicFiles.writeString(folder.resolve(Checkpoint.INDEX), Json.pretty(index));
  }

  private void writeFile(Path file, Map<String, long[]> shapes, Function<String, float[]> values) {
    SafetensorsWriter.write(file, shapes, values, type, Map.of());
  }

  /** The configuration says how the weights are stored. */
  private void writeConfig(Path folder) {
    config.write(folder);
    Path file = folder.resolve(DecoderConfig.FILE_NAME);
    ObjectNode json = (ObjectNode) Json.read(file);
    String stored =
        switch (type) {
          case BF16 -> "bfloat16";
          case F16 -> "float16";
          default -> "float32";
        };
    if (!stored.equals(json.path("torch_dtype").asText())) {
      AtomicFiles.writeString(file, Json.pretty(json.put("torch_dtype", stored)));
    }
  }
}
