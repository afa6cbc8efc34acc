package ai.kale.data;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The outcome of synthesis for one question.
 *
 * @param outcome what happened
 * @param result the question with its rationale; empty if dropped
 * @param firstProblems what the checks found wrong with the first text, one for each check that
 *     failed
 * @param secondProblems what they found wrong with the text of the retry
 * @param reasons why there is nothing, other than the texts of a teacher: nothing to write from,
 *     what is wrong with the template's text, a teacher that did not reply
 * @param promptTokens tokens the teacher read on the way, whether or not its text was kept
 * @param completionTokens tokens the teacher wrote on the way
 */
public record Synthesis(
    Outcome outcome,
    Optional<RationalizedQuestion> result,
    List<String> firstProblems,
    List<String> secondProblems,
    List<String> reasons,
    long promptTokens,
    long completionTokens) {
  /** What happened to a question. */
  public enum Outcome {
    /** The first rationale passed its checks. */
    KEPT,
    /** A retry with the reason passed. */
    RETRIED,
    /** The template replaced what the teacher wrote. */
    FELL_BACK,
    /** Nothing passed, or there was nothing to write from; {@link Synthesis#problems} says why. */
    DROPPED
  }

  /**
   * An outcome without checks of a teacher's texts, that cost no tokens.
   *
   * @param outcome what happened
   * @param result the question with its rationale; empty if dropped
   * @param reasons why there is nothing
   */
  public Synthesis(Outcome outcome, Optional<RationalizedQuestion> result, List<String> reasons) {
    this(outcome, result, List.of(), List.of(), reasons, 0, 0);
  }

  /** Copies the problems and checks that a result is there unless dropped. */
  public Synthesis {
    firstProblems = List.copyOf(firstProblems);
    secondProblems = List.copyOf(secondProblems);
    reasons = List.copyOf(reasons);
    if ((outcome == Outcome.DROPPED) == result.isPresent()) {
      throw new IllegalArgumentException("outcome " + outcome + " does not fit its result");
    }
  }

  /** All that went wrong on the way, in order; each begins with a short kind and a colon. */
  public List<String> problems() {
    return Stream.of(firstProblems, secondProblems, reasons).flatMap(List::stream).toList();
  }
}
