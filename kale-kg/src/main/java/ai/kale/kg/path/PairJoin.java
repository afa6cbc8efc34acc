package ai.kale.kg.path;

import ai.kale.kg.graph.AdjacencyArrays;
import java.util.Arrays;

/**
 * Four hops by joining the list of each neighbour of the source with the list of each entity that
 * last hops leave. Cheap where both ends have few neighbours and some of these are hubs, most of
 * all if it is the same hub on both sides. Memory: 8 bytes for each pair found for one neighbour.
 */
final class PairJoin {
  private final JoinPath path;
  private final AdjacencyArrays arcs;
  private final TargetArcs targets;
  private final SortedJoin join;

  /** The entity in the middle, and where the last hops begin. */
  private long[] pairs = new long[1 << 6];

  private int size;

  PairJoin(JoinPath path, TargetArcs targets) {
    this.path = path;
    this.arcs = path.arcs;
    this.targets = targets;
    join = new SortedJoin(arcs);
  }

  /** Gives all paths from a source; false if stopped. */
  boolean run(int source) {
    int end = arcs.arcEnd(source);
    int arc = arcs.arcStart(source);
    while (arc < end) {
      int first = arcs.neighbour(arc);
      int runEnd = arc + 1;
      while (runEnd < end && arcs.neighbour(runEnd) == first) {
        runEnd++;
      }
      if (path.takes(first, 0)) {
        path.entities[1] = first;
        if (!find(source, first) || !give(first, arc, runEnd)) {
          return false;
        }
      }
      arc = runEnd;
    }
    return true;
  }

  private boolean find(int source, int first) {
    size = 0;
    for (int place = targets.from(); place < targets.to(); place = targets.runEnd(place)) {
      int third = targets.entity(place);
      if (third != first && third != source && path.passes(third)) {
        join.begin(first, null, arcs.arcStart(third), arcs.arcEnd(third));
        while (join.next()) {
          add(join.entity, third, place);
        }
        if (!path.pays(join.takeLooked())) {
          return false;
        }
      }
    }
    Arrays.sort(pairs, 0, size);
    return true;
  }

  private void add(int middle, int third, int place) {
    if (middle == third) {
      return; // a self loop
    }
    if (size == pairs.length) {
      pairs = Arrays.copyOf(pairs, 2 * size);
    }
    pairs[size++] = (long) middle << 32 | place;
  }

  private boolean give(int first, int run, int runEnd) {
    for (int arc = run; arc < runEnd; arc++) {
      int label = arcs.labelAt(arc);
      if (path.rules.allows(label)) {
        path.labels[0] = label;
        if (!second(first)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean second(int first) {
    int arc = arcs.arcStart(first);
    int end = arcs.arcEnd(first);
    int to;
    for (int from = 0; from < size; from = to) {
      int middle = (int) (pairs[from] >>> 32);
      to = from + 1;
      while (to < size && (int) (pairs[to] >>> 32) == middle) {
        to++;
      }
      if (path.takes(middle, 1)) {
        path.entities[2] = middle;
        arc = SortedJoin.firstNotBelow(arcs, arc, end, middle);
        for (; arc < end && arcs.neighbour(arc) == middle; arc++) {
          int label = arcs.labelAt(arc);
          path.labels[1] = label;
          if (path.rules.allows(label) && !third(middle, from, to)) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private boolean third(int middle, int from, int to) {
    int arc = arcs.arcStart(middle);
    int end = arcs.arcEnd(middle);
    for (int pair = from; pair < to; pair++) {
      int place = (int) pairs[pair];
      int third = targets.entity(place);
      path.entities[3] = third;
      arc = SortedJoin.firstNotBelow(arcs, arc, end, third);
      for (; arc < end && arcs.neighbour(arc) == third; arc++) {
        int label = arcs.labelAt(arc);
        path.labels[2] = label;
        if (path.rules.allows(label) && !path.finish(place, 4)) {
          return false;
        }
      }
    }
    return true;
  }
}
