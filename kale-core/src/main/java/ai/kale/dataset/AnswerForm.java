package ai.kale.dataset;

/** What stands in the answer field of a multiple-choice question. */
public enum AnswerForm {
  /** The answer itself; of a question with options, the text of one of them. */
  TEXT,
  /** The label of an option: {@code B}, {@code (B)}, {@code 2}, as the data set calls them. */
  LABEL,
  /** The number of an option, the first being 0. */
  INDEX_FROM_0,
  /** The number of an option, the first being 1. */
  INDEX_FROM_1
}
