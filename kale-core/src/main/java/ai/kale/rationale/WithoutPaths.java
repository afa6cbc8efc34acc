package ai.kale.rationale;

/**
 * What a synthesizer does with a question without any path. A question whose paths are a fallback
 * is not such a one: there is something to write from, and the text does not claim that it proves
 * the answer.
 */
public enum WithoutPaths {
  /**
   * Drops it and says so: the default, because there is nothing that the rationale could rest on.
   */
  DROP,
  /** Writes from question and answer alone, as the paper's ablation <em>w/o KI</em> does. */
  FROM_ANSWER
}
