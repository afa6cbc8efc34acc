package ai.kale.kg.path;

import ai.kale.PathQuery;
import ai.kale.kg.graph.AdjacencyArrays;
import ai.kale.kg.graph.CompactGraph;
import org.jspecify.annotations.Nullable;

/**
 * Simple paths of up to four hops over sorted adjacency lists, each length in the order of ids.
 *
 * <p>Handles of a {@link CompactGraph} rise with its ids and its lists are sorted, so walking them
 * in order is walking in the order of results. For each length and source the cheapest of several
 * plans runs, as estimated from degrees:
 *
 * <ul>
 *   <li>one hop: join the source's list with the targets;
 *   <li>two: join it with the last hops ({@link TargetArcs});
 *   <li>three: join the list of each neighbour with the last hops, or look it up in them ({@link
 *       DirectJoin}), or work from the targets' side ({@link ReverseJoin});
 *   <li>four: the same after two hops, or two hops from each side meet in a table ({@link
 *       TableJoin}), or each list at one end is joined with each at the other ({@link PairJoin}).
 * </ul>
 *
 * <p>The direct walk is tried first, at no more than what any plan would cost, and then, if few
 * paths are wanted, at no more than half of what the chosen plan is estimated to cost; that plan
 * then goes on after the paths that were given. Looking at degrees for an estimate is not counted
 * as reading arcs.
 */
final class JoinSearch {
  /** Most hops. */
  static final int LONGEST = 4;

  private static final int FEW_SOURCES = 32;
  private static final int FEW_TARGETS = 1024;

  /** Fewer entries than this are looked at without a plan. */
  private static final long NO_PLAN = 256;

  /** More paths than this are not few. */
  private static final long FEW = 4096;

  private final AdjacencyArrays arcs;
  private final int[] sources;
  private final int[] targetEntities;
  private final JoinMemory memory;
  private final JoinPath path;
  private final TargetArcs lastHops;
  private final DirectJoin direct;
  private final SortedJoin join;
  private @Nullable ReverseJoin reverse;
  private @Nullable TableJoin table;
  private final int entityCount;
  private final int seek;

  /** The target if there is just one, else -1. */
  private final int onlyTarget;

  /** The plan to take whatever it costs, in tests. */
  private final @Nullable JoinPlan forced;

  /** Whether the table holds all walks into the targets, for any source. */
  private boolean filled;

  JoinSearch(
      CompactGraph graph,
      int[] sources,
      int[] targets,
      PathQuery query,
      PathRules rules,
      JoinMemory memory,
      SearchBudget budget,
      PathVisitor visitor,
      @Nullable JoinPlan forced) {
    this.forced = forced;
    this.arcs = graph.adjacency();
    this.memory = memory;
    entityCount = graph.entityCount();
    this.sources = sources;
    targetEntities = targets;
    JoinRules fast = new JoinRules(rules, query, arcs, graph.relationCount());
    seek = JoinEstimate.seek(arcs.arcCount());
    lastHops = new TargetArcs(arcs, fast, targets);
    if (targets.length > 1) {
      budget.takeArcs(lastHops.size());
    }
    onlyTarget = targets.length == 1 ? targets[0] : -1;
    path = new JoinPath(arcs, fast, budget, lastHops, onlyTarget, visitor);
    direct = new DirectJoin(path, lastHops, memory.marks, seek);
    join = new SortedJoin(arcs);
  }

  /**
   * Whether this is the right search: each source is searched alone, and the last hops to all
   * targets are read first, so with many of them the search in layers is cheaper.
   */
  static boolean isFor(int sources, int targets) {
    return sources <= FEW_SOURCES && targets <= FEW_TARGETS;
  }

  /**
   * Gives all paths of one length in order.
   *
   * @param hops from 1 to {@value #LONGEST}
   * @param wanted how many the visitor is likely to take
   * @return false if the visitor or the budget stopped it
   */
  boolean search(int hops, long wanted) {
    for (int source : sources) {
      path.begin(source);
      if (!search(source, hops, wanted)) {
        return false;
      }
    }
    return true;
  }

  private boolean search(int source, int hops, long wanted) {
    if (source == onlyTarget || (hops > 2 && !canMove(source))) {
      return true;
    }
    if (hops == 1) {
      return oneHop(source);
    }
    if (hops == 2) {
      return direct.run(source, 2, Long.MAX_VALUE) == JoinOutcome.DONE;
    }
    memory.reserve(entityCount);
    return forced == null
        ? searchCheaply(source, hops, wanted)
        : run(hops == 4 ? forced : forced.forThreeHops(), source, hops) == JoinOutcome.DONE;
  }

  /** Whether there is a first hop and a last one; filters and directions may allow none. */
  private boolean canMove(int source) {
    int end = arcs.arcEnd(source);
    int arc = arcs.arcStart(source);
    while (arc < end && !path.rules.allows(arcs.labelAt(arc))) {
      arc++;
    }
    return arc < end && lastHops.size() > 0;
  }

  private boolean oneHop(int source) {
    join.begin(source, targetEntities, 0, targetEntities.length);
    while (join.next()) {
      int to = join.runEnd;
      for (int arc = join.run; arc < to; arc++) {
        int label = arcs.labelAt(arc);
        if (join.entity != source && path.rules.allows(label)) {
          path.entities[1] = join.entity;
          path.labels[0] = label;
          if (!path.give(1)) {
            return false;
          }
        }
      }
    }
    return path.pays(join.takeLooked());
  }

  /** Tries the direct walk before and after estimating costs, and then takes the cheapest plan. */
  private boolean searchCheaply(int source, int hops, long wanted) {
    JoinOutcome outcome = tryDirect(source, hops, leastCost(source, wanted));
    if (outcome == JoinOutcome.GAVE_UP) {
      JoinEstimate best =
          hops == 3
              ? new ThreeHopCosts(arcs, lastHops, source, seek).best()
              : new FourHopCosts(arcs, lastHops, source, seek, tableShare()).best();
      if (wanted <= FEW) {
        outcome = tryDirect(source, hops, best.cost() / 2);
      }
      if (outcome == JoinOutcome.GAVE_UP) {
        outcome = run(best.plan(), source, hops);
      }
    }
    return outcome == JoinOutcome.DONE;
  }

  private JoinOutcome run(JoinPlan plan, int source, int hops) {
    if (plan == JoinPlan.DIRECT) {
      return direct.run(source, hops, Long.MAX_VALUE);
    } else if (plan == JoinPlan.MARKED) {
      return direct.runMarked(source, hops);
    }
    boolean all =
        switch (plan) {
          case PAIRS -> new PairJoin(path, lastHops).run(source);
          case TABLE -> fill() && table().give(source);
          case TABLE_OF_REACHED -> table().fillFrom(source) && table().give(source);
          default -> hops == 3 ? threeBack(source) : fill() && fourBack(source);
        };
    return all ? JoinOutcome.DONE : JoinOutcome.STOPPED;
  }

  /** The part of the cost of filling the table that falls to one source; 0 once it is filled. */
  private double tableShare() {
    return filled ? 0 : 1.0 / sources.length;
  }

  private boolean fill() {
    filled = filled || table().fill();
    return filled;
  }

  private boolean threeBack(int source) {
    ReverseJoin back = reverse();
    back.begin();
    for (int place = lastHops.from(); place < lastHops.to(); place = lastHops.runEnd(place)) {
      int passed = lastHops.entity(place);
      if (passed != source && path.passes(passed) && !back.add(source, passed)) {
        return false;
      }
    }
    return back.give(source, passed -> path.finish(lastHops.find(passed), 3));
  }

  private boolean fourBack(int source) {
    ReverseJoin back = reverse();
    TableJoin middle = table();
    back.begin();
    int size = memory.table.groups.size();
    for (int i = 0; i < size; i++) {
      int entity = memory.table.groups.member(i);
      if (entity != source && path.passes(entity) && !back.add(source, entity)) {
        return false;
      }
    }
    return back.give(source, middle::giveFrom);
  }

  /** Less than any plan costs: what may be spent before estimating. */
  private long leastCost(int source, long wanted) {
    long least = (long) seek * Math.min(arcs.degree(source), lastHops.size());
    return wanted <= FEW ? Math.max(NO_PLAN, least) : NO_PLAN;
  }

  private JoinOutcome tryDirect(int source, int hops, long mostEntries) {
    JoinOutcome outcome = direct.run(source, hops, mostEntries);
    path.beginAgain();
    return outcome;
  }

  private ReverseJoin reverse() {
    if (reverse == null) {
      reverse = new ReverseJoin(path);
    }
    return reverse;
  }

  private TableJoin table() {
    if (table == null) {
      table = new TableJoin(path, lastHops, memory, sources.length == 1 ? sources[0] : -1);
    }
    return table;
  }
}
