package ai.kale.kg.path;

import ai.kale.kg.graph.AdjacencyArrays;
import java.util.Arrays;

/**
 * Joins the adjacency list of the source with that of each entity from which the targets are
 * reached in the hops left, and gives the paths once all are known, sorted. Cheap where the source
 * is a hub and little leads to the targets. Memory: 8 bytes for each pair found.
 */
final class ReverseJoin {
  private final JoinPath path;
  private final AdjacencyArrays arcs;
  private final SortedJoin join;
  private long[] pairs = new long[1 << 8];
  private int size;

  /** How a path goes on after two hops. */
  @FunctionalInterface
  interface Rest {
    /** Gives all paths that begin with the first two hops, which end at an entity. */
    boolean giveFrom(int entity);
  }

  ReverseJoin(JoinPath path) {
    this.path = path;
    this.arcs = path.arcs;
    join = new SortedJoin(arcs);
  }

  /** Begins with a source. */
  void begin() {
    size = 0;
  }

  /** Finds what lies between the source and an entity; false if the budget is used up. */
  boolean add(int source, int entity) {
    join.begin(entity, null, arcs.arcStart(source), arcs.arcEnd(source));
    while (join.next()) {
      if (size == pairs.length) {
        pairs = Arrays.copyOf(pairs, 2 * size);
      }
      pairs[size++] = (long) join.entity << 32 | entity;
    }
    return path.pays(join.takeLooked());
  }

  /** Gives the paths in order; false to stop. */
  boolean give(int source, Rest rest) {
    Arrays.sort(pairs, 0, size);
    int arc = arcs.arcStart(source);
    int end = arcs.arcEnd(source);
    int from = 0;
    while (from < size) {
      int first = (int) (pairs[from] >>> 32);
      int to = from + 1;
      while (to < size && (int) (pairs[to] >>> 32) == first) {
        to++;
      }
      arc = SortedJoin.firstNotBelow(arcs, arc, end, first);
      if (path.takes(first, 0)) {
        path.entities[1] = first;
        for (; arc < end && arcs.neighbour(arc) == first; arc++) {
          int label = arcs.labelAt(arc);
          path.labels[0] = label;
          if (path.rules.allows(label) && !second(first, from, to, rest)) {
            return false;
          }
        }
      }
      from = to;
    }
    return true;
  }

  private boolean second(int first, int from, int to, Rest rest) {
    int arc = arcs.arcStart(first);
    int end = arcs.arcEnd(first);
    for (int pair = from; pair < to; pair++) {
      int entity = (int) pairs[pair];
      arc = SortedJoin.firstNotBelow(arcs, arc, end, entity);
      if (!path.takes(entity, 1)) {
        continue;
      }
      path.entities[2] = entity;
      for (; arc < end && arcs.neighbour(arc) == entity; arc++) {
        int label = arcs.labelAt(arc);
        path.labels[1] = label;
        if (path.rules.allows(label) && !rest.giveFrom(entity)) {
          return false;
        }
      }
    }
    return true;
  }
}
