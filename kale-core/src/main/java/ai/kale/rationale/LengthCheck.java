package ai.kale.rationale;

import ai.kale.data.GroundedQuestion;
import java.util.Optional;

/**
 * The rationale is not empty, not a fragment and not a book.
 *
 * @param min least code points, at least 1, surrounding white space not counted
 * @param max most code points
 */
public record LengthCheck(int min, int max) implements RationaleCheck {
  /** 10 to 8000 code points. */
  public static final LengthCheck DEFAULT = new LengthCheck(10, 8000);

  /** Checks the range. */
  public LengthCheck {
    if (min < 1 || max < min) {
      throw new IllegalArgumentException(
          "need 1 <= min <= max; got min=" + min + " and max=" + max);
    }
  }

  @Override
  public String name() {
    return "length(" + min + "-" + max + ")";
  }

  @Override
  public Optional<String> problem(GroundedQuestion question, String rationale) {
    String text = rationale.strip();
    int length = text.codePointCount(0, text.length());
    if (length == 0) {
      return Optional.of("empty: the reply is empty; write the rationale");
    } else if (length < min) {
      return Optional.of("too-short: " + length + " characters; write at least " + min);
    } else if (length > max) {
      return Optional.of("too-long: " + length + " characters; write at most " + max);
    }
    return Optional.empty();
  }
}
