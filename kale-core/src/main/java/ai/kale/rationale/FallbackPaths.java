package ai.kale.rationale;

import ai.kale.data.GroundedQuestion;
import ai.kale.data.PathFallback;
import java.util.Optional;

/**
 * What is said of paths that do not lead to the answer. They may be used in a rationale, since the
 * caller chose the fallback, but no text may claim that they prove the answer: the teacher is told
 * what they are, and the template ends in {@link #CONCLUSION} instead of "So the answer is …".
 */
final class FallbackPaths {
  /** The template's last sentence after such paths. */
  static final String CONCLUSION = "The answer is {answer}.";

  private static final String TOWARD_ANSWER =
      "These facts lead from the question toward the answer but do not reach it.";
  private static final String FROM_QUESTION =
      "These facts are about the entities of the question; it is not known that any of them leads"
          + " to the answer.";
  private static final String ADVICE =
      " So do not explain how they lead to the answer, and do not claim that they prove it: use those"
          + " that help to understand the question, then state the answer word for word.";

  private FallbackPaths() {}

  /** Whether a question has paths, and they are a fallback. */
  static boolean in(GroundedQuestion question) {
    return !question.paths().isEmpty() && question.answerPaths().isEmpty();
  }

  /** What the teacher is told after the paths; empty where they lead to the answer, or are none. */
  static Optional<String> note(GroundedQuestion question) {
    if (!in(question)) {
      return Optional.empty();
    }
    boolean toward = question.report().fallback() == PathFallback.TOWARD_ANSWER;
    return Optional.of((toward ? TOWARD_ANSWER : FROM_QUESTION) + ADVICE);
  }
}
