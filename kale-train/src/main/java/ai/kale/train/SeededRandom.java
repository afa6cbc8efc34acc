package ai.kale.train;

/**
 * SplitMix64 (Steele, Lea and Flood 2014). Every random choice of a run starts one from (seed,
 * purpose, index), so that nothing but counters need be saved to continue a run exactly.
 */
final class SeededRandom {
  private static final long GAMMA = 0x9E3779B97F4A7C15L;
  private static final double UNIT = 0x1.0p-53;

  private long state;

  private SeededRandom(long state) {
    this.state = state;
  }

  static SeededRandom of(long seed, long purpose, long index) {
    return new SeededRandom(mix(mix(mix(seed + GAMMA) + purpose * GAMMA) + index));
  }

  long nextLong() {
    state += GAMMA;
    return mix(state);
  }

  /** Uniform in [0, 1). */
  double nextDouble() {
    return (nextLong() >>> 11) * UNIT;
  }

  /** Uniform in [0, bound), up to a bias below 2⁻³². */
  int nextInt(int bound) {
    return (int) (((nextLong() >>> 32) * bound) >>> 32);
  }

  void shuffle(int[] values) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = nextInt(i + 1);
      int swap = values[i];
      values[i] = values[j];
      values[j] = swap;
    }
  }

  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
