package ai.kale.kg.path;

import ai.kale.kg.graph.AdjacencyArrays;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The last hops of all paths, sorted by the entity they leave, then target, then label. With one
 * target this is its adjacency list, in place; with several, a merged copy, 16 bytes an arc.
 */
final class TargetArcs {
  private final AdjacencyArrays arcs;
  private int only = -1;
  private int from;
  private int to;
  private int @Nullable [] keys;
  private int[] targets = new int[0];
  private int[] labels = new int[0];

  TargetArcs(AdjacencyArrays arcs, int[] targets) {
    this.arcs = arcs;
    if (targets.length == 1) {
      only = targets[0];
      from = arcs.arcStart(only);
      to = arcs.arcEnd(only);
    } else {
      merge(targets);
    }
  }

  private void merge(int[] ends) {
    int count = 0;
    for (int end : ends) {
      count += arcs.degree(end);
    }
    long[] order = new long[count];
    int[] endOf = new int[count];
    int[] labelOf = new int[count];
    int filled = 0;
    for (int end : ends) {
      only = end;
      from = arcs.arcStart(end);
      to = arcs.arcEnd(end);
      for (int arc = from; arc < to; arc++) {
        int place = inOrder(arc);
        endOf[filled] = end;
        labelOf[filled] = arcs.labelAt(place) ^ 1;
        order[filled] = (long) arcs.neighbour(place) << 32 | filled;
        filled++;
      }
    }
    Arrays.sort(order);
    int[] sortedKeys = new int[count];
    targets = new int[count];
    labels = new int[count];
    for (int i = 0; i < count; i++) {
      int entry = (int) order[i];
      sortedKeys[i] = (int) (order[i] >>> 32);
      targets[i] = endOf[entry];
      labels[i] = labelOf[entry];
    }
    keys = sortedKeys;
    only = -1;
    from = 0;
    to = count;
  }

  /** Sorted entities that hops leave, or null: then positions are those of the graph's arcs. */
  int @Nullable [] keys() {
    return keys;
  }

  /** First position. */
  int from() {
    return from;
  }

  /** Position after the last. */
  int to() {
    return to;
  }

  int size() {
    return to - from;
  }

  /** The entity that a hop leaves. */
  int entity(int position) {
    return keys == null ? arcs.neighbour(position) : keys[position];
  }

  /** Where a hop ends. */
  int target(int position) {
    return keys == null ? only : targets[position];
  }

  /** The label of a hop, in the direction of the path. */
  int label(int position) {
    return keys == null ? arcs.labelAt(position) ^ 1 : labels[position];
  }

  /** Position after the last hop that leaves the same entity. */
  int runEnd(int position) {
    int entity = entity(position);
    int end = position + 1;
    while (end < to && entity(end) == entity) {
      end++;
    }
    return end;
  }

  /** The position of the first hop that leaves an entity. */
  int find(int entity) {
    int lo = from;
    int hi = to;
    while (lo < hi) {
      int mid = (lo + hi) >>> 1;
      if (entity(mid) < entity) {
        lo = mid + 1;
      } else {
        hi = mid;
      }
    }
    return lo;
  }

  /**
   * The position whose hop comes at this place in the order of labels. Only triples that run both
   * ways between two entities are affected: seen from the target the one against the arrow comes
   * second, on the path first.
   */
  int inOrder(int position) {
    return keys == null ? swapped(arcs, position, from, to) : position;
  }

  /** Where the arc is that takes this place when labels are turned round. */
  static int swapped(AdjacencyArrays arcs, int position, int from, int to) {
    int label = arcs.labelAt(position);
    int partner = (label & 1) == 0 ? position + 1 : position - 1;
    return partner >= from
            && partner < to
            && arcs.labelAt(partner) == (label ^ 1)
            && arcs.neighbour(partner) == arcs.neighbour(position)
        ? partner
        : position;
  }
}
