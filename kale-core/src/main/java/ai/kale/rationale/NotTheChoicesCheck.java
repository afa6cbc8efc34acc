package ai.kale.rationale;

import ai.kale.data.GroundedQuestion;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The rationale of a multiple-choice question is not just its options: with every option's words
 * and single characters (option letters and numbers) taken out, at least {@code minOwnWords} words
 * are left; in scripts without spaces, such as Chinese, that many letters. Questions without
 * options always pass.
 *
 * @param minOwnWords least number of words of its own, at least 1
 */
public record NotTheChoicesCheck(int minOwnWords) implements RationaleCheck {
  /** At least 4 words that are no option. */
  public static final NotTheChoicesCheck DEFAULT = new NotTheChoicesCheck(4);

  /** Checks the range. */
  public NotTheChoicesCheck {
    if (minOwnWords < 1) {
      throw new IllegalArgumentException("minOwnWords must be at least 1; got " + minOwnWords);
    }
  }

  @Override
  public String name() {
    return "not-the-choices(" + minOwnWords + ")";
  }

  @Override
  public Optional<String> problem(GroundedQuestion question, String rationale) {
    List<String> choices =
        question.question().choices().stream()
            .map(Words::normal)
            .filter(choice -> !choice.isBlank())
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
    if (choices.isEmpty()) {
      return Optional.empty();
    }
    String left = Words.normal(rationale);
    for (String choice : choices) {
      while (left.contains(choice)) {
        left = left.replace(choice, " ");
      }
    }
    return Words.countLong(left) >= minOwnWords
        ? Optional.empty()
        : Optional.of("copies-choices: explain the way to the answer; do not list the options");
  }
}
