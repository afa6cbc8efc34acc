package ai.kale.train.teacher;

import ai.kale.train.io.Sha256;
import ai.kale.train.text.PromptFormat;

/**
 * All that determines a frozen teacher's distributions.
 *
 * @param weights hash of the teacher's weights, see {@link ai.kale.train.io.WeightsHash}
 * @param tokenizer {@link ai.kale.train.text.Tokenizer#fingerprint}
 * @param data hash of the examples, see {@link ai.kale.train.data.DataHash}
 * @param format how texts were laid out
 * @param k most probable tokens kept, at least 1
 * @param temperature divides the logits, positive
 */
public record TeacherKey(
    String weights, String tokenizer, String data, PromptFormat format, int k, double temperature) {
  /** Checks the ranges. */
  public TeacherKey {
    if (k < 1 || !(temperature > 0)) {
      throw new IllegalArgumentException(
          "k must be at least 1 and the temperature positive; got " + k + " and " + temperature);
    }
  }

  /** SHA-256 of all of it, in 64 lower-case hexadecimal digits. */
  public String hash() {
    return new Sha256()
        .add(weights)
        .add(tokenizer)
        .add(data)
        .add(format.question())
        .add(format.reading())
        .add(format.answer())
        .add(format.rationaleThenAnswer())
        .add(format.end().orElse(""))
        .add(k)
        .add(Double.doubleToLongBits(temperature))
        .hex();
  }
}
