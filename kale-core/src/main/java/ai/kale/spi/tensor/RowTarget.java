package ai.kale.spi.tensor;

import ai.kale.error.InvalidInputException;

/** What a {@link LossTerm} wants of its rows. */
public sealed interface RowTarget {
  /** Number of rows it is for. */
  int count();

  /** Lowest temperature: a logit divided by it is still a finite 32-bit float. */
  double MIN_TEMPERATURE = 1e-6;

  /** Highest temperature. */
  double MAX_TEMPERATURE = 1e6;

  /**
   * Checks a temperature, wherever one divides logits.
   *
   * @param temperature the temperature
   * @throws InvalidInputException if it is outside {@link #MIN_TEMPERATURE} to {@link
   *     #MAX_TEMPERATURE}
   */
  static void checkTemperature(double temperature) {
    if (!(temperature >= MIN_TEMPERATURE && temperature <= MAX_TEMPERATURE)) {
      throw new InvalidInputException(
          "temperature must lie in "
              + MIN_TEMPERATURE
              + " to "
              + MAX_TEMPERATURE
              + "; got "
              + temperature);
    }
  }

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
   * @param temperature divides p's logits first, 1e-6 to 1e6; q was made with the same one
   * @param q one distribution for each row
   */
  record Match(Divergence divergence, double temperature, Distributions q) implements RowTarget {
    /** Checks the temperature. */
    public Match {
      checkTemperature(temperature);
    }

    @Override
    public int count() {
      return q.rows();
    }
  }
}
