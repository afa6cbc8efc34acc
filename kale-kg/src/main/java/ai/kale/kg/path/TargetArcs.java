package ai.kale.kg.path;

import ai.kale.kg.graph.AdjacencyArrays;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The last hops of all paths that the rules allow, sorted by the entity they leave, then target,
 * then label. With one target this is its adjacency list, in place or copied; with several, a
 * merged copy, 16 bytes an arc.
 */
final class TargetArcs {
  private static final int[] NONE = new int[0];

  private final AdjacencyArrays arcs;
  private final JoinRules rules;
  private final int[] ends;
  private int from;
  private int to;
  private int @Nullable [] keys;
  private int[] targets = NONE;
  private int[] labels = NONE;
  private int[] runEnds = NONE;

  /**
   * The last hops to some targets that the rules allow.
   *
   * @param ends sorted targets
   */
  TargetArcs(AdjacencyArrays arcs, JoinRules rules, int[] ends) {
    this.arcs = arcs;
    this.rules = rules;
    this.ends = ends;
    if (ends.length == 1 && rules.allowsAll()) {
      from = arcs.arcStart(ends[0]);
      to = arcs.arcEnd(ends[0]);
    } else {
      copy();
    }
  }

  /** Copies the list of an only target, which pays where its hops are gone through many times. */
  void copy() {
    if (keys != null) {
      return;
    }
    int room = 0;
    for (int end : ends) {
      room += arcs.degree(end);
    }
    int[] entities = new int[room];
    targets = new int[room];
    labels = new int[room];
    int count = 0;
    for (int end : ends) {
      int first = arcs.arcStart(end);
      int last = arcs.arcEnd(end);
      for (int arc = first; arc < last; arc++) {
        int place = swapped(arcs, arc, first, last);
        int label = arcs.labelAt(place) ^ 1;
        if (rules.allows(label)) {
          entities[count] = arcs.neighbour(place);
          targets[count] = end;
          labels[count++] = label;
        }
      }
    }
    from = 0;
    to = count;
    keys = entities;
    if (ends.length > 1) {
      sort(entities);
    }
    runEnds = new int[count];
    for (int i = count - 1; i >= 0; i--) {
      runEnds[i] = i + 1 < count && entities[i + 1] == entities[i] ? runEnds[i + 1] : i + 1;
    }
  }

  /** Sorts by entity; what has the same entity stays in its order. */
  private void sort(int[] entities) {
    long[] order = new long[to];
    for (int i = 0; i < order.length; i++) {
      order[i] = (long) entities[i] << 32 | i;
    }
    Arrays.sort(order);
    int[] unsortedTargets = targets;
    int[] unsortedLabels = labels;
    targets = new int[order.length];
    labels = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      int entry = (int) order[i];
      entities[i] = (int) (order[i] >>> 32);
      targets[i] = unsortedTargets[entry];
      labels[i] = unsortedLabels[entry];
    }
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
    return keys == null ? ends[0] : targets[position];
  }

  /** The label of a hop, in the direction of the path. */
  int label(int position) {
    return keys == null ? arcs.labelAt(position) ^ 1 : labels[position];
  }

  /** Whether the hop at the first position of a run is the only one of its run. */
  boolean isAlone(int position) {
    return keys == null
        ? position + 1 == to || arcs.neighbour(position + 1) != arcs.neighbour(position)
        : runEnds[position] == position + 1;
  }

  /** Position after the last hop that leaves the same entity. */
  int runEnd(int position) {
    if (keys != null) {
      return runEnds[position];
    }
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

  /**
   * The label, towards an entity, of the hop whose place in the order of labels is that of an arc
   * of its adjacency list.
   */
  int labelTowards(int entity, int arc) {
    int neighbour = arcs.neighbour(arc);
    int first = arcs.arcStart(entity);
    int end = arcs.arcEnd(entity);
    boolean alone =
        (arc == first || arcs.neighbour(arc - 1) != neighbour)
            && (arc + 1 == end || arcs.neighbour(arc + 1) != neighbour);
    return arcs.labelAt(alone ? arc : swapped(arcs, arc, first, end)) ^ 1;
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
