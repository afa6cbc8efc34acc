package ai.kale.train.teacher;

import ai.kale.spi.tensor.Precision;
import ai.kale.train.io.Sha256;
import ai.kale.train.text.PromptFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All that determines a frozen teacher's distributions.
 *
 * @param weights identity of the teacher's weights, see {@link ai.kale.train.io.CheckpointHash}
 * @param precision what they are computed in
 * @param tokenizer {@link ai.kale.train.text.Tokenizer#fingerprint}
 * @param data hash of the examples, see {@link ai.kale.train.data.DataHash}
 * @param format how texts were laid out
 * @param k most probable tokens kept, at least 1
 * @param temperature divides the logits, positive
 */
public record TeacherKey(
    String weights,
    Precision precision,
    String tokenizer,
    String data,
    PromptFormat format,
    int k,
    double temperature) {
  /** Checks the ranges. */
  public TeacherKey {
    if (k < 1 || !(temperature > 0)) {
      throw new IllegalArgumentException(
          "k must be at least 1 and the temperature positive; got " + k + " and " + temperature);
    }
  }

  /** Every part by its name, in a fixed order; long ones as their hash. */
  Map<String, String> parts() {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("weights", weights);
    parts.put("precision", precision.name());
    parts.put("tokenizer", tokenizer);
    parts.put("data", data);
    parts.put("prompt format", new Sha256().add(format.toString()).hex());
    parts.put("k", Integer.toString(k));
    parts.put("temperature", Double.toString(temperature));
    return parts;
  }

  /** SHA-256 of all of it, in 64 lower-case hexadecimal digits. */
  public String hash() {
    Sha256 hash = new Sha256();
    parts().forEach((name, value) -> hash.add(name).add(value));
    return hash.hex();
  }
}
