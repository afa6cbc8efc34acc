package ai.kale.train.objective;

import ai.kale.train.data.TrainingExample;

/** What an objective puts after the prompt. */
public enum Completion {
  /** The answer. */
  ANSWER {
    @Override
    public int[] of(TrainingExample example) {
      return example.answer();
    }
  },
  /** The rationale, then the answer. */
  RATIONALE_THEN_ANSWER {
    @Override
    public int[] of(TrainingExample example) {
      return example.rationaleThenAnswer();
    }
  };

  /**
   * The completion's tokens.
   *
   * @param example an example
   * @return its tokens, the end-of-sequence token included
   */
  public abstract int[] of(TrainingExample example);
}
