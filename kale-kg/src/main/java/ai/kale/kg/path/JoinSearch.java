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
 *   <li>four: two hops from each side meet in a table ({@link TableJoin}), or the table is joined
 *       with the source's list.
 * </ul>
 *
 * <p>If few paths are wanted, the direct walk is tried first, at no more than half the cost of the
 * plan; that plan then goes on after the paths that were given.
 */
final class JoinSearch {
  /** Most hops. */
  static final int LONGEST = 4;

  /** What going to another adjacency list costs, in entries of one list, if most is in a cache. */
  private static final int NEAR_SEEK = 8;

  /** The same in a graph of more arcs than caches hold. */
  private static final int FAR_SEEK = 40;

  private static final int CACHED_ARCS = 1 << 22;


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
      PathVisitor visitor) {
    this.arcs = graph.adjacency();
    this.memory = memory;
    entityCount = graph.entityCount();
    this.sources = sources;
    targetEntities = targets;
    JoinRules fast = new JoinRules(rules, query, arcs, graph.relationCount());
    seek = arcs.arcCount() > CACHED_ARCS ? FAR_SEEK : NEAR_SEEK;
    lastHops = new TargetArcs(arcs, targets);
    int onlyTarget = targets.length == 1 ? targets[0] : -1;
    path = new JoinPath(arcs, fast, budget, lastHops, onlyTarget, visitor);
    direct = new DirectJoin(path, lastHops, memory.marks, seek);
    join = new SortedJoin(arcs);
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
    if (lastHops.size() == 0 || arcs.degree(source) == 0) {
      return true;
    }
    if (hops == 1) {
      return oneHop(source);
    }
    if (hops == 2) {
      return direct.run(source, 2, Long.MAX_VALUE) == JoinOutcome.DONE;
    }
    memory.reserve(entityCount);
    return hops == 3 ? threeHops(source, wanted) : fourHops(source, wanted);
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

  private boolean threeHops(int source, long wanted) {
    JoinOutcome outcome = tryDirect(source, 3, leastCost(source, wanted));
    if (outcome != JoinOutcome.GAVE_UP) {
      return outcome == JoinOutcome.DONE;
    }
    int degree = arcs.degree(source);
    int last = lastHops.size();
    long back = degree < last ? Long.MAX_VALUE : costBack(degree, Long.MAX_VALUE);
    long joined = costThrough(source, last, back);
    long marked = 2L * last + volume(source, Math.min(back, joined));
    long walk = Math.min(joined, marked);
    if (degree < last && walk > seek * (long) last) {
      back = costBack(degree, walk);
    }
    if (wanted <= FEW) {
      outcome = tryDirect(source, 3, Math.min(walk, back) / 2);
      if (outcome != JoinOutcome.GAVE_UP) {
        return outcome == JoinOutcome.DONE;
      }
    }
    if (back < walk) {
      return threeBack(source);
    }
    return (marked < joined ? direct.runMarked(source, 3) : direct.run(source, 3, Long.MAX_VALUE))
        == JoinOutcome.DONE;
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

  private boolean fourHops(int source, long wanted) {
    JoinOutcome outcome = tryDirect(source, 4, leastCost(source, wanted));
    if (outcome != JoinOutcome.GAVE_UP) {
      return outcome == JoinOutcome.DONE;
    }
    FourHopCosts costs = new FourHopCosts(arcs, lastHops, source, seek, filled);
    if (wanted <= FEW) {
      outcome = tryDirect(source, 4, costs.least() / 2);
      if (outcome != JoinOutcome.GAVE_UP) {
        return outcome == JoinOutcome.DONE;
      }
    }
    TableJoin middle = table();
    switch (costs.plan()) {
      case DIRECT:
        return direct.run(source, 4, Long.MAX_VALUE) == JoinOutcome.DONE;
      case PAIRS:
        return new PairJoin(path, lastHops).run(source);
      case BACK:
        return fill(middle) && fourBack(source);
      case TABLE:
        return fill(middle) && middle.give(source) == JoinOutcome.DONE;
      default:
        return middle.fillFrom(source) && middle.give(source) == JoinOutcome.DONE;
    }
  }

  private boolean fill(TableJoin middle) {
    filled = filled || middle.fill();
    return filled;
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

  /** What joining the list of each neighbour of an entity with a list of some length costs. */
  private long costThrough(int entity, int length, long enough) {
    long sum = 0;
    int end = arcs.arcEnd(entity);
    for (int arc = arcs.arcStart(entity); arc < end && sum < enough; arc++) {
      sum += seek + SortedJoin.cost(arcs.degree(arcs.neighbour(arc)), length);
    }
    return sum;
  }

  private long costBack(int length, long enough) {
    long sum = 0;
    for (int place = lastHops.from(); place < lastHops.to() && sum < enough; place++) {
      sum += 2 * seek + SortedJoin.cost(arcs.degree(lastHops.entity(place)), length);
    }
    return sum;
  }

  /** Number of arcs at all neighbours of an entity. */
  private long volume(int entity, long enough) {
    long sum = 0;
    int end = arcs.arcEnd(entity);
    for (int arc = arcs.arcStart(entity); arc < end && sum < enough; arc++) {
      sum += arcs.degree(arcs.neighbour(arc));
    }
    return sum;
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
