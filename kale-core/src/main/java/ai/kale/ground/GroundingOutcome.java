package ai.kale.ground;

import ai.kale.data.GroundedQuestion;
import java.util.Locale;

/** How far the grounding of a question came; the first reason in this order counts. */
public enum GroundingOutcome {
  /** At least one path was found. */
  GROUNDED,
  /** The question has no answer to link. */
  NO_ANSWER,
  /** No entity of the graph was recognised in the question. */
  NO_QUESTION_ENTITY,
  /** No entity of the graph was recognised in the answers. */
  NO_ANSWER_ENTITY,
  /** The search looked at everything within its limits, and there is no path. */
  NO_PATH,
  /** The search was stopped by its budget before it found a path. */
  SEARCH_CUT;

  /**
   * The outcome for a grounded question, judged by the record alone.
   *
   * @param question a question after grounding
   * @return the outcome
   */
  public static GroundingOutcome of(GroundedQuestion question) {
    if (!question.paths().isEmpty()) {
      return GROUNDED;
    } else if (question.question().answers().isEmpty()) {
      return NO_ANSWER;
    } else if (question.questionEntities().isEmpty()) {
      return NO_QUESTION_ENTITY;
    } else if (question.answerEntities().isEmpty()) {
      return NO_ANSWER_ENTITY;
    }
    return question.report().complete() ? NO_PATH : SEARCH_CUT;
  }

  /** The name in provenance, for example {@code "no-path"}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
