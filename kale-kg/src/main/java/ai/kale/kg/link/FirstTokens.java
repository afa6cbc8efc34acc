package ai.kale.kg.link;

/**
 * Which tokens some name may begin with: one bit for each hash. It spares most walks through the
 * automaton, never one that would find something.
 */
final class FirstTokens {
  private static final int FEWEST_BITS = 1 << 10;
  private static final int MOST_BITS = 1 << 26;

  private final long[] bits;
  private final int mask;

  /** Sized for this many entities. */
  FirstTokens(int entities) {
    long wanted = Math.min(MOST_BITS, Math.max(FEWEST_BITS, 8L * entities));
    int size = Integer.highestOneBit((int) wanted);
    bits = new long[size / Long.SIZE];
    mask = size - 1;
  }

  void add(int hash) {
    int bit = mixed(hash);
    bits[bit >> 6] |= 1L << bit;
  }

  boolean mayHave(int hash) {
    int bit = mixed(hash);
    return (bits[bit >> 6] & (1L << bit)) != 0;
  }

  private int mixed(int hash) {
    return (hash ^ (hash >>> 15)) & mask;
  }

  long byteLength() {
    return 8L * bits.length;
  }
}
