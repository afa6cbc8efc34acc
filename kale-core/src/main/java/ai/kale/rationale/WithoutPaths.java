package ai.kale.rationale;

/** What a synthesizer does with a question for which no path was found. */
public enum WithoutPaths {
  /**
   * Drops it and says so: the default, because there is nothing that the rationale could rest on.
   */
  DROP,
  /** Writes from question and answer alone, as the paper's ablation <em>w/o KI</em> does. */
  FROM_ANSWER
}
