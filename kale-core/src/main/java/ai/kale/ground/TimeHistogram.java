package ai.kale.ground;

/**
 * Counts durations in buckets whose width is at most 1/16 of their lower bound: fixed memory, 8 kB,
 * whatever the number of durations.
 */
final class TimeHistogram {
  private static final int SUB_BITS = 4;
  private static final int SUB = 1 << SUB_BITS;

  private final long[] counts = new long[(Long.SIZE - SUB_BITS) * SUB];
  private long total;
  private long max;

  /** Adds a duration in nanoseconds, 0 or more. */
  void add(long nanos) {
    counts[bucket(nanos)]++;
    total++;
    max = Math.max(max, nanos);
  }

  long total() {
    return total;
  }

  long max() {
    return max;
  }

  /** A value that is at least the exact quantile and at most 1/16 above it; 0 without durations. */
  long quantile(double share) {
    long rank = Math.max(1, (long) Math.ceil(share * total));
    long below = 0;
    for (int i = 0; i < counts.length; i++) {
      below += counts[i];
      if (below >= rank) {
        return Math.min(highest(i), max);
      }
    }
    return max;
  }

  private static int bucket(long value) {
    if (value < SUB) {
      return (int) value;
    }
    int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(value);
    int sub = (int) (value >>> (exponent - SUB_BITS)) - SUB;
    return (exponent - SUB_BITS + 1) * SUB + sub;
  }

  private static long highest(int bucket) {
    if (bucket < SUB) {
      return bucket;
    }
    int shift = bucket / SUB - 1;
    return ((long) (SUB + bucket % SUB + 1) << shift) - 1;
  }
}
