package ai.kale.spi.tensor;

/**
 * Values of the terms of one pass.
 *
 * @param values one for each term, weight and divisor included, in nats
 * @param tokens tokens run through the model, without padding
 */
public record StepLosses(double[] values, long tokens) {
  /** The sum of all terms. */
  public double total() {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }
}
