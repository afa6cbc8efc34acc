package ai.kale.kg.path;

import ai.kale.kg.graph.AdjacencyArrays;

/**
 * Walks from the source in order, and joins the adjacency list of the last entity but two with the
 * last hops. Gives the first paths soon, and needs no memory; but what does not lead to a target is
 * walked too, and again on each way to it. So it works on an allowance.
 */
final class DirectJoin {
  private final JoinPath path;
  private final AdjacencyArrays arcs;
  private final TargetArcs targets;
  private final SortedJoin join;

  /** The entities that last hops leave, if they are to be looked up instead of joined. */
  private final Marks marks;

  /** What going to another list costs. */
  private final int seek;

  private boolean marked;
  private long allowance;

  DirectJoin(JoinPath path, TargetArcs targets, Marks marks, int seek) {
    this.path = path;
    this.seek = seek;
    this.arcs = path.arcs;
    this.targets = targets;
    this.marks = marks;
    join = new SortedJoin(arcs);
  }

  /** Gives the paths of one length, at the cost of looking at so many entries. */
  JoinOutcome run(int source, int hops, long mostEntries) {
    marked = false;
    allowance = mostEntries;
    return step(source, 0, hops);
  }

  /** The same without allowance, after marking the entities that last hops leave. */
  JoinOutcome runMarked(int source, int hops) {
    int from = targets.from();
    int to = targets.to();
    for (int place = from; place < to; place++) {
      marks.addUnlisted(targets.entity(place));
    }
    marked = true;
    allowance = Long.MAX_VALUE;
    try {
      return path.pays(to - from) ? step(source, 0, hops) : JoinOutcome.STOPPED;
    } finally {
      for (int place = from; place < to; place++) {
        marks.unlist(targets.entity(place));
      }
    }
  }

  private JoinOutcome step(int at, int depth, int hops) {
    if (hops - depth == 2) {
      return marked && arcs.degree(at) < SortedJoin.STEP_COST * 5L * targets.size()
          ? lookUp(at, depth, hops)
          : lastTwo(at, depth, hops);
    }
    int end = arcs.arcEnd(at);
    for (int arc = arcs.arcStart(at); arc < end; arc++) {
      if (--allowance < 0) {
        return JoinOutcome.GAVE_UP;
      }
      if (!path.budget.takeArc()) {
        return JoinOutcome.STOPPED;
      }
      int next = arcs.neighbour(arc);
      int label = arcs.labelAt(arc);
      if (path.rules.allows(label) && path.takes(next, depth)) {
        path.entities[depth + 1] = next;
        path.labels[depth] = label;
        JoinOutcome outcome = step(next, depth + 1, hops);
        if (outcome != JoinOutcome.DONE) {
          return outcome;
        }
      }
    }
    return JoinOutcome.DONE;
  }

  private JoinOutcome lastTwo(int at, int depth, int hops) {
    join.begin(at, targets.keys(), targets.from(), targets.to());
    allowance -= seek;
    while (join.next()) {
      if (!lastHops(join.entity, join.run, join.runEnd, join.otherRun, depth, hops)) {
        return JoinOutcome.STOPPED;
      }
      if (!pay(join.takeLooked())) {
        return allowance < 0 ? JoinOutcome.GAVE_UP : JoinOutcome.STOPPED;
      }
    }
    if (!pay(join.takeLooked())) {
      return allowance < 0 ? JoinOutcome.GAVE_UP : JoinOutcome.STOPPED;
    }
    return JoinOutcome.DONE;
  }

  private boolean pay(int entries) {
    allowance -= (long) SortedJoin.STEP_COST * entries;
    return path.pays(entries) && allowance >= 0;
  }

  private JoinOutcome lookUp(int at, int depth, int hops) {
    int arc = arcs.arcStart(at);
    int end = arcs.arcEnd(at);
    if (!path.pays(end - arc)) {
      return JoinOutcome.STOPPED;
    }
    while (arc < end) {
      int next = arcs.neighbour(arc);
      if (!marks.has(next)) {
        arc++;
        continue;
      }
      int run = arc++;
      while (arc < end && arcs.neighbour(arc) == next) {
        arc++;
      }
      if (!lastHops(next, run, arc, targets.find(next), depth, hops)) {
        return JoinOutcome.STOPPED;
      }
    }
    return JoinOutcome.DONE;
  }

  private boolean lastHops(int passed, int run, int runEnd, int place, int depth, int hops) {
    if (!path.takes(passed, depth)) {
      return true;
    }
    path.entities[depth + 1] = passed;
    for (int arc = run; arc < runEnd; arc++) {
      int label = arcs.labelAt(arc);
      if (path.rules.allows(label)) {
        path.labels[depth] = label;
        if (!path.finish(place, hops)) {
          return false;
        }
      }
    }
    return true;
  }
}
