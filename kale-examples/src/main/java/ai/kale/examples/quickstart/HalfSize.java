package ai.kale.examples.quickstart;

import ai.kale.train.checkpoint.Checkpoint;
import ai.kale.train.checkpoint.DecoderConfig;
import ai.kale.train.checkpoint.SafetensorsWriter;
import ai.kale.train.checkpoint.TensorType;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Rewrites a checkpoint with 16-bit floats, so that it is small enough to ship. */
final class HalfSize {
  private HalfSize() {}

  static void shrink(Path folder) {
    Map<String, float[]> values = new HashMap<>();
    Map<String, long[]> shapes;
    try (Checkpoint checkpoint = Checkpoint.open(folder)) {
      DecoderConfig config = checkpoint.config();
      shapes = config.parameterShapes();
      shapes.keySet().forEach(name -> values.put(name, checkpoint.floats(name)));
    }
    SafetensorsWriter.write(
        folder.resolve(Checkpoint.WEIGHTS),
        shapes,
        name -> values.getOrDefault(name, new float[0]),
        TensorType.F16,
        Map.of());
  }
}
