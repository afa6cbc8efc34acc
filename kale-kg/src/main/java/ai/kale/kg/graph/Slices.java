package ai.kale.kg.graph;

import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * A range of indices in a few slices, for work on all processors. Small ranges are one slice, in
 * the calling thread.
 */
final class Slices {
  private static final int EACH = 4;

  private final int[] bounds;

  private Slices(int[] bounds) {
    this.bounds = bounds;
  }

  /** Work on the indices from low to high, low included. */
  @FunctionalInterface
  interface Body {
    void run(int low, int high);
  }

  /**
   * Cuts a range.
   *
   * @param least fewest indices that are worth a slice
   */
  static Slices of(int from, int to, int least) {
    int processors = Runtime.getRuntime().availableProcessors();
    int most = processors == 1 ? 1 : EACH * processors;
    int count = Math.max(1, Math.min(most, (to - from) / least));
    int[] bounds = new int[count + 1];
    for (int i = 0; i <= count; i++) {
      bounds[i] = from + (int) ((long) (to - from) * i / count);
    }
    return new Slices(bounds);
  }

  /** The same with each cut moved up to where something starts. */
  Slices movedUpTo(IntPredicate start) {
    int[] moved = bounds.clone();
    for (int i = 1; i + 1 < moved.length; i++) {
      moved[i] = Math.max(moved[i], moved[i - 1]);
      while (moved[i] < bounds[bounds.length - 1] && !start.test(moved[i])) {
        moved[i]++;
      }
    }
    return new Slices(moved);
  }

  /** Does the work on all slices, at once where there are several. */
  void forEach(Body body) {
    IntStream indices = IntStream.range(0, bounds.length - 1);
    (bounds.length == 2 ? indices : indices.parallel())
        .forEach(i -> body.run(bounds[i], bounds[i + 1]));
  }
}
