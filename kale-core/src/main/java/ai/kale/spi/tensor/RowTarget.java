package ai.kale.spi.tensor;

/** What a {@link LossTerm} wants of its rows. */
public sealed interface RowTarget {
  /** Number of rows it is for. */
  int count();

  /**
   * Cross-entropy: {@code loss(row) = -log p(token)}.
   *
   * @param tokens one token id for each row
   */
  record Tokens(int[] tokens) implements RowTarget {
    @Override
    public int count() {
      return tokens.length;
    }
  }

  /**
   * Divergence of the row's distribution p from a fixed distribution q. Where q keeps only its top
   * k, both are compared on k + 1 outcomes: the k tokens and one bucket for all others.
   *
   * @param divergence which one
   * @param temperature divides p's logits first; q was made with the same one
   * @param q one distribution for each row
   */
  record Match(Divergence divergence, double temperature, Distributions q) implements RowTarget {
    /** Checks the temperature. */
    public Match {
      if (!(temperature > 0)) {
        throw new IllegalArgumentException("temperature must be positive; got " + temperature);
      }
    }

    @Override
    public int count() {
      return q.rows();
    }
  }
}
