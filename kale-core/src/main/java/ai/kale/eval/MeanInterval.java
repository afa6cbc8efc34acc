package ai.kale.eval;

import ai.kale.error.InvalidInputException;
import java.util.Collection;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A mean over runs with Student's t interval: {@code mean ± t · sd / √n}, where {@code sd} is the
 * sample standard deviation (divisor {@code n − 1}) and {@code t} the {@code (1 + confidence) / 2}
 * quantile of the t distribution with {@code n − 1} degrees of freedom.
 *
 * <p>It speaks about other seeds on the same questions, not about other questions, and takes the
 * runs to be independent and roughly normal. With few runs it is wide: t is 12.7 for two.
 *
 * @param n number of runs, at least 1
 * @param mean their mean
 * @param sd their sample standard deviation, at least 0; NaN for a single run
 * @param low lower end; negative infinity for a single run
 * @param high upper end; positive infinity for a single run
 * @param confidence the share of such intervals that hold the true mean, in (0, 1)
 * @see <a href="https://doi.org/10.1093/biomet/6.1.1">Student 1908, The probable error of a
 *     mean</a>
 */
public record MeanInterval(
    int n, double mean, double sd, double low, double high, double confidence) {
  /**
   * Computes mean and interval.
   *
   * @param values one for each run; their order does not matter
   * @param confidence in (0, 1), usually 0.95
   * @return the interval
   * @throws InvalidInputException if there is no value or one is not finite
   * @throws IllegalArgumentException if the confidence is not in (0, 1)
   */
  public static MeanInterval of(Collection<Double> values, double confidence) {
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException("confidence must lie between 0 and 1, not " + confidence);
    }
    // Sorted, since a sum of doubles depends on its order.
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int n = sorted.length;
    if (n == 0) {
      throw new InvalidInputException("no run to take the mean of");
    }
    double sum = 0;
    for (double value : sorted) {
      if (!Double.isFinite(value)) {
        throw new InvalidInputException("a run's metric is not finite: " + value);
      }
      sum += value;
    }
    double mean = sum / n;
    if (n == 1) {
      return new MeanInterval(
          n, sorted[0], Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, confidence);
    }
    if (sorted[0] == sorted[n - 1]) {
      // Rounding must not turn equal runs into a tiny spread around a mean that is none of them.
      return new MeanInterval(n, sorted[0], 0, sorted[0], sorted[0], confidence);
    }
    double squares = 0;
    for (double value : sorted) {
      squares += (value - mean) * (value - mean);
    }
    double sd = Math.sqrt(squares / (n - 1));
    double half = quantile(n - 1, confidence) * sd / Math.sqrt(n);
    return new MeanInterval(n, mean, sd, mean - half, mean + half, confidence);
  }

  /**
   * Whether a value lies within, ends included.
   *
   * @param value a value
   * @return whether it does
   */
  public boolean contains(double value) {
    return low <= value && value <= high;
  }

  static double quantile(int degreesOfFreedom, double confidence) {
    return TDistribution.of(degreesOfFreedom).inverseSurvivalProbability((1 - confidence) / 2);
  }
}
