package ai.kale.examples.bench.path;

import java.util.Arrays;

/** Order statistics of a list that is not empty. */
final class Percentiles {
  private final double[] sorted;

  Percentiles(double[] values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("no values");
    }
    sorted = values.clone();
    Arrays.sort(sorted);
  }

  /** The middle; of an even number of values, the mean of the two in the middle. */
  double median() {
    return (sorted[sorted.length / 2] + sorted[(sorted.length - 1) / 2]) / 2;
  }

  /** The smallest value that at least this share, above 0 up to 1, of all values do not exceed. */
  double at(double share) {
    return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
  }

  double mean() {
    return Arrays.stream(sorted).sum() / sorted.length;
  }
}
