package ai.kale.kg.path;

import ai.kale.kg.graph.AdjacencyArrays;

/**
 * Four hops that meet in the middle: the walks of two hops into the targets lie in a table, and the
 * first two hops are walked from the source in order.
 *
 * <p>The table may be limited to what the source reaches in two hops, which costs walking them
 * twice and spares reading hubs on the other side: a long adjacency list is then joined with the
 * entities reached, not read.
 */
final class TableJoin {
  private final JoinPath path;
  private final AdjacencyArrays arcs;
  private final TargetArcs targets;
  private final TwoHopTable table;
  private final Marks reached;
  private final SortedJoin join;

  /** The source if there is just one, which no walk into the targets passes; else -1. */
  private final int onlySource;

  /** Walks gone through, for looking at the clock now and then. */
  private int walks;

  TableJoin(JoinPath path, TargetArcs targets, JoinMemory memory, int onlySource) {
    this.path = path;
    this.onlySource = onlySource;
    this.arcs = path.arcs;
    this.targets = targets;
    this.table = memory.table;
    this.reached = memory.marks;
    join = new SortedJoin(arcs);
  }

  /** Fills the table with all walks; false if the budget is used up. */
  boolean fill() {
    targets.copy();
    table.clear();
    boolean all = true;
    for (int place = targets.from(); place < targets.to() && all; ) {
      int passed = targets.entity(place);
      if (passed != onlySource && path.passes(passed)) {
        int end = arcs.arcEnd(passed);
        all = path.pays(arcs.degree(passed));
        for (int arc = arcs.arcStart(passed); arc < end && all; arc++) {
          add(arc, passed, place);
        }
      }
      place = targets.runEnd(place);
    }
    table.finish();
    return all;
  }

  /** Fills the table with the walks that a source reaches; false if the budget is used up. */
  boolean fillFrom(int source) {
    targets.copy();
    table.clear();
    try {
      return reach(source) && fillReached(source);
    } finally {
      table.finish();
      reached.clear();
    }
  }

  private boolean reach(int source) {
    int end = arcs.arcEnd(source);
    for (int arc = arcs.arcStart(source); arc < end; arc = runEnd(arc, end)) {
      int first = arcs.neighbour(arc);
      if (!path.takes(first, 0) || !allowsAny(arc, end)) {
        continue;
      }
      if (!path.pays(arcs.degree(first))) {
        return false;
      }
      int last = arcs.arcEnd(first);
      for (int second = arcs.arcStart(first); second < last; second++) {
        int entity = arcs.neighbour(second);
        if (!reached.has(entity) && path.rules.allows(arcs.labelAt(second))) {
          reached.add(entity);
        }
      }
    }
    return true;
  }

  /** Whether one of the arcs that lead to the same entity may be taken. */
  private boolean allowsAny(int run, int end) {
    int to = runEnd(run, end);
    for (int arc = run; arc < to; arc++) {
      if (path.rules.allows(arcs.labelAt(arc))) {
        return true;
      }
    }
    return false;
  }

  private boolean fillReached(int source) {
    for (int place = targets.from(); place < targets.to(); ) {
      int passed = targets.entity(place);
      int degree = arcs.degree(passed);
      if (passed != source && path.passes(passed)) {
        boolean read =
            degree > SortedJoin.STEP_COST * 6L * reached.size()
                ? joinReached(passed, place)
                : readReached(passed, place);
        if (!read) {
          return false;
        }
      }
      place = targets.runEnd(place);
    }
    return true;
  }

  private boolean joinReached(int passed, int place) {
    join.begin(passed, reached.sorted(), 0, reached.size());
    while (join.next()) {
      for (int arc = join.run; arc < join.runEnd; arc++) {
        add(arc, passed, place);
      }
    }
    return path.pays(join.takeLooked());
  }

  private boolean readReached(int passed, int place) {
    int end = arcs.arcEnd(passed);
    if (!path.pays(arcs.degree(passed))) {
      return false;
    }
    for (int arc = arcs.arcStart(passed); arc < end; arc++) {
      if (reached.has(arcs.neighbour(arc))) {
        add(arc, passed, place);
      }
    }
    return true;
  }

  /** Adds the walk over an arc, seen from the entity it leads to, in the order of its label. */
  private void add(int arc, int passed, int place) {
    int entity = arcs.neighbour(arc);
    int label = targets.labelTowards(passed, arc);
    if (entity != passed && path.rules.allows(label)) {
      table.add(entity, label, place);
    }
  }

  private int runEnd(int arc, int end) {
    int entity = arcs.neighbour(arc);
    int next = arc + 1;
    while (next < end && arcs.neighbour(next) == entity) {
      next++;
    }
    return next;
  }

  /** Gives the paths from a source over what is in the table. */
  boolean give(int source) {
    int end = arcs.arcEnd(source);
    for (int arc = arcs.arcStart(source); arc < end; arc++) {
      int first = arcs.neighbour(arc);
      int label = arcs.labelAt(arc);
      if (path.rules.allows(label) && path.takes(first, 0)) {
        path.entities[1] = first;
        path.labels[0] = label;
        boolean all =
            arcs.degree(first) > SortedJoin.STEP_COST * 6L * table.groups.size()
                ? joinTable(first)
                : readTable(first);
        if (!all) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean joinTable(int first) {
    join.begin(first, table.groups.sorted(), 0, table.groups.size());
    while (join.next()) {
      int to = join.runEnd;
      for (int arc = join.run; arc < to; arc++) {
        if (!second(arc)) {
          return false;
        }
      }
    }
    return path.pays(join.takeLooked());
  }

  private boolean readTable(int first) {
    int end = arcs.arcEnd(first);
    if (!path.pays(arcs.degree(first))) {
      return false;
    }
    for (int arc = arcs.arcStart(first); arc < end; arc++) {
      if (table.groups.has(arcs.neighbour(arc)) && !second(arc)) {
        return false;
      }
    }
    return true;
  }

  private boolean second(int arc) {
    int entity = arcs.neighbour(arc);
    int label = arcs.labelAt(arc);
    if (!path.rules.allows(label) || !path.takes(entity, 1)) {
      return true;
    }
    path.entities[2] = entity;
    path.labels[1] = label;
    return giveFrom(entity);
  }

  /** Gives the paths that go on from an entity in the table after two hops. */
  boolean giveFrom(int entity) {
    int group = table.groupOf(entity);
    int end = table.end(group);
    int source = path.entities[0];
    int first = path.entities[1];
    for (int walk = table.start(group); walk < end; walk++) {
      int place = table.via(walk);
      int third = targets.entity(place);
      if ((++walks & 1023) == 0 && !path.budget.check()) {
        return false;
      }
      if (third != first && third != source) {
        path.entities[3] = third;
        path.labels[2] = table.label(walk);
        if (!path.finish(place, 4)) {
          return false;
        }
      }
    }
    return true;
  }
}
