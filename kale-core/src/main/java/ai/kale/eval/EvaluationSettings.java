package ai.kale.eval;

/**
 * What every evaluation shares.
 *
 * @param batchSize prompts handed to the model at once, at least 1
 * @param delimiter what stands between a prompt and an answer when the answer is scored; never
 *     counted in an answer's length. A space fits most tokenizers and is the
 *     lm-evaluation-harness's {@code target_delimiter}; use {@code ""} if the prompts end in white
 *     space
 * @param normalizer what is done to answers before they are compared
 */
public record EvaluationSettings(int batchSize, String delimiter, AnswerNormalizer normalizer) {
  /**
   * Checks the batch size.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public EvaluationSettings {
    if (batchSize < 1) {
      throw new IllegalArgumentException("batchSize must be at least 1, not " + batchSize);
    }
  }

  /** Batches of 32, a space as delimiter, SQuAD's normalising. */
  public static EvaluationSettings defaults() {
    return new EvaluationSettings(32, " ", AnswerNormalizer.squad());
  }

  /**
   * The same with another batch size.
   *
   * @param size prompts handed to the model at once, at least 1
   * @return new settings
   */
  public EvaluationSettings withBatchSize(int size) {
    return new EvaluationSettings(size, delimiter, normalizer);
  }

  /**
   * The same with another delimiter.
   *
   * @param text what stands between a prompt and a scored answer
   * @return new settings
   */
  public EvaluationSettings withDelimiter(String text) {
    return new EvaluationSettings(batchSize, text, normalizer);
  }

  /**
   * The same with another normaliser.
   *
   * @param other what is done to answers before they are compared
   * @return new settings
   */
  public EvaluationSettings withNormalizer(AnswerNormalizer other) {
    return new EvaluationSettings(batchSize, delimiter, other);
  }
}
