package ai.kale.kg.path;

import ai.kale.data.GroundedQuestion;

/**
 * What grounding a question set gave: the first thing to look at before anything is paid for.
 *
 * @param questions questions in all
 * @param linked those with at least one question entity and one answer entity
 * @param withPath those with at least one path
 * @param unlinked texts that could not be linked, of all questions
 * @param paths paths in all
 * @param cut questions whose search left something out, by a limit on paths or arcs
 */
public record GroundingSummary(
    long questions, long linked, long withPath, long unlinked, long paths, long cut) {
  /** No question yet. */
  static final GroundingSummary NONE = new GroundingSummary(0, 0, 0, 0, 0, 0);

  /** Share of questions with a path, 0 to 1; 0 if there is no question. */
  public double coverage() {
    return questions == 0 ? 0 : (double) withPath / questions;
  }

  GroundingSummary plus(GroundedQuestion question) {
    boolean isLinked =
        !question.questionEntities().isEmpty() && !question.answerEntities().isEmpty();
    return new GroundingSummary(
        questions + 1,
        linked + (isLinked ? 1 : 0),
        withPath + (question.paths().isEmpty() ? 0 : 1),
        unlinked + question.unlinked().size(),
        paths + question.paths().size(),
        cut + (question.report().complete() ? 0 : 1));
  }
}
