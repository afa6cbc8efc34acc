package ai.kale.ground;

import ai.kale.data.GroundedQuestion;
import ai.kale.data.PathFallback;
import java.util.Locale;

/** How far the grounding of a question came; the first reason in this order counts. */
public enum GroundingOutcome {
  /** At least one path from the question to the answer was found. */
  GROUNDED,
  /** No such path; the paths are the fallback {@link PathFallback#TOWARD_ANSWER}. */
  PARTIAL_PATH,
  /**
   * No such path, or no answer in the graph; the paths are the fallback {@link
   * PathFallback#FROM_QUESTION}.
   */
  QUESTION_PATHS,
  /** The question has no answer to link. */
  NO_ANSWER,
  /** No entity of the graph was recognised in the question. */
  NO_QUESTION_ENTITY,
  /** No entity of the graph was recognised in the answers. */
  NO_ANSWER_ENTITY,
  /**
   * The search looked at everything within its limits, and there is no path; a fallback, if one was
   * chosen, found nothing or was cut.
   */
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
    PathFallback fallback = question.report().fallback();
    if (!question.paths().isEmpty()) {
      return switch (fallback) {
        case NONE -> GROUNDED;
        case TOWARD_ANSWER -> PARTIAL_PATH;
        case FROM_QUESTION -> QUESTION_PATHS;
      };
    } else if (question.question().answers().isEmpty()) {
      return NO_ANSWER;
    } else if (question.questionEntities().isEmpty()) {
      return NO_QUESTION_ENTITY;
    } else if (question.answerEntities().isEmpty()) {
      return NO_ANSWER_ENTITY;
    }
    boolean known = question.report().complete() || fallback != PathFallback.NONE;
    return known ? NO_PATH : SEARCH_CUT;
  }

  /** The name in provenance, for example {@code "no-path"}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
