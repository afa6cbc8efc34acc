package ai.kale.train.checkpoint;

/**
 * A mixture of experts in place of the feed-forward part (Muennighoff et al., OLMoE, 2024): a
 * router takes the softmax over all experts, then the most probable ones.
 *
 * @param count experts of a block, 1 to 4096; each has the model's {@code intermediateSize}
 * @param perToken experts that see a token, 1 to {@code count}
 * @param normalized whether the weights of the chosen experts are made to sum to 1
 */
public record ExpertConfig(int count, int perToken, boolean normalized) {
  private static final int MAX_COUNT = 4096;

  /** Checks the ranges. */
  public ExpertConfig {
    if (count > MAX_COUNT) {
      throw new IllegalArgumentException(
          "num_experts must not exceed " + MAX_COUNT + "; got " + count);
    }
    if (count < 1 || perToken < 1 || perToken > count) {
      throw new IllegalArgumentException(
          "num_experts_per_tok must lie between 1 and num_experts; got "
              + perToken
              + " and "
              + count);
    }
  }
}
