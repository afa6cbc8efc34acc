package ai.kale.data;

import java.util.List;
import java.util.Optional;

/**
 * The outcome of synthesis for one question.
 *
 * @param outcome what happened
 * @param result the question with its rationale; empty if dropped
 * @param problems what the checks found wrong on the way, in order
 * @param promptTokens tokens the teacher read on the way, whether or not its text was kept
 * @param completionTokens tokens the teacher wrote on the way
 */
public record Synthesis(
    Outcome outcome,
    Optional<RationalizedQuestion> result,
    List<String> problems,
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
   * An outcome that cost no tokens.
   *
   * @param outcome what happened
   * @param result the question with its rationale; empty if dropped
   * @param problems what the checks found wrong on the way, in order
   */
  public Synthesis(Outcome outcome, Optional<RationalizedQuestion> result, List<String> problems) {
    this(outcome, result, problems, 0, 0);
  }

  /** Copies the problems and checks that a result is there unless dropped. */
  public Synthesis {
    problems = List.copyOf(problems);
    if ((outcome == Outcome.DROPPED) == result.isPresent()) {
      throw new IllegalArgumentException("outcome " + outcome + " does not fit its result");
    }
  }
}
