package ai.kale.kg.path;

import java.util.Arrays;

/**
 * All walks of one exact length from the sources to the targets, as layers: layer i holds the
 * entities at place i in the order of their ids, and each entity the hops to the next layer that
 * still reach the end. Nothing in it leads nowhere, except by meeting an entity twice.
 *
 * <p>A hop is one long, {@code place in the next layer << 32 | relationRank << 1 | inverse}, so
 * that sorting longs is sorting by ids.
 */
final class LayerGraph {
  final int[][] entities;
  final int[][] from;
  final int[][] to;
  final long[][] hops;
  private final boolean[][] sorted;
  private final ArcReader reader;

  LayerGraph(int length, ArcReader reader) {
    entities = new int[length + 1][];
    from = new int[length][];
    to = new int[length][];
    hops = new long[length][];
    sorted = new boolean[length][];
    this.reader = reader;
  }

  int length() {
    return hops.length;
  }

  /** Sorts the hops of one entity when they are first needed. */
  void sort(int layer, int place) {
    boolean[] done = sorted[layer];
    if (done == null) {
      done = new boolean[entities[layer].length];
      sorted[layer] = done;
    }
    if (!done[place]) {
      Arrays.sort(hops[layer], from[layer][place], to[layer][place]);
      done[place] = true;
    }
  }

  /** The label of a hop. */
  int label(long hop) {
    return reader.relation((int) hop >>> 1) * 2 + (int) (hop & 1);
  }

  static int place(long hop) {
    return (int) (hop >>> 32);
  }

  /** The hop of an arc label to a place in the next layer. */
  long hop(int label, int place) {
    long ranked = ((long) reader.rank(label >>> 1) << 1) | (label & 1);
    return ((long) place << 32) | ranked;
  }
}
