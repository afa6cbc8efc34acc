package ai.kale.spi.tensor;

import java.util.List;

/**
 * Reads next-token distributions of a decoder-only language model and writes continuations; never
 * changes the model. Not safe for use by several threads at once.
 */
public interface TokenPredictor {
  /** Number of token ids; ids run from 0 to this, exclusive. */
  int vocabularySize();

  /** Longest sequence, in tokens. */
  int maxPositions();

  /**
   * Log-probabilities of given tokens, in nats.
   *
   * @param batch the sequences
   * @param rows the rows to read
   * @param targets one token id for each row
   * @return one value for each row
   * @throws ai.kale.error.InvalidInputException if a token id or row is out of range, or there is
   *     not one target for each row
   */
  float[] logProbabilities(TokenBatch batch, RowSelection rows, int[] targets);

  /**
   * The {@code k} most probable tokens at each row and the mass of all others.
   *
   * @param batch the sequences
   * @param rows the rows to read
   * @param k 1 to {@link #vocabularySize()}; the latter gives the whole distribution
   * @param temperature divides the logits first; 1e-6 to 1e6
   * @return the distributions, rows in order, tokens by falling probability, ties by token id
   * @throws ai.kale.error.InvalidInputException if an argument is out of range
   */
  Distributions topK(TokenBatch batch, RowSelection rows, int k, double temperature);

  /**
   * Greedy continuation of each prompt. The result for a prompt does not depend on the others.
   *
   * @param prompts token ids; none empty
   * @param maxNewTokens at least 1
   * @param stopTokens generation of a sequence ends after the first of these tokens, which is not
   *     returned; none: it goes on to {@code maxNewTokens}
   * @return the new tokens of each prompt, without the stop token
   * @throws ai.kale.error.InvalidInputException if a prompt is empty, a prompt and {@code
   *     maxNewTokens} together are longer than {@link #maxPositions()}, or another argument is out
   *     of range
   */
  List<int[]> generate(List<int[]> prompts, int maxNewTokens, int... stopTokens);
}
