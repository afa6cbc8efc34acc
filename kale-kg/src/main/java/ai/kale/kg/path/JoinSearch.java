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

  /** What going to another adjacency list costs, in entries of one list. */
  static final int SEEK = 8;

  /** Fewer entries than this are looked at without a plan. */
  private static final long NO_PLAN = 256;

  /** More paths than this are not few. */
  private static final long FEW = 4096;

  private final AdjacencyArrays arcs;
  private final int[] sources;
  private final int[] targetEntities;
  private final JoinMemory memory;
  private final JoinPath path;
  private final TargetArcs targets;
  private final DirectJoin direct;
  private final SortedJoin join;
  private @Nullable ReverseJoin reverse;
  private @Nullable TableJoin table;
  private final int entityCount;

  /** Whether the table holds all walks into the targets, for any source. */
  private boolean filled;

  JoinSearch(
      CompactGraph graph,
      PathQuery query,
      PathRules rules,
      JoinMemory memory,
      SearchBudget budget,
      PathVisitor visitor) {
    this.arcs = graph.adjacency();
    this.memory = memory;
    entityCount = graph.entityCount();
    sources = query.sources();
    targetEntities = query.targets();
    JoinRules fast = new JoinRules(rules, query, arcs, graph.relationCount());
    targets = new TargetArcs(arcs, targetEntities);
    path = new JoinPath(arcs, fast, budget, targets, visitor);
    direct = new DirectJoin(path, targets, memory.marks);
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
    if (targets.size() == 0 || arcs.degree(source) == 0) {
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
    int last = targets.size();
    long back = degree < last ? Long.MAX_VALUE : costBack(degree, Long.MAX_VALUE);
    long joined = costThrough(source, last, back);
    long marked = 3L * last + volume(source, Math.min(back, joined));
    long walk = Math.min(joined, marked);
    if (degree < last && walk > SEEK * (long) last) {
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
    for (int place = targets.from(); place < targets.to(); place = targets.runEnd(place)) {
      int passed = targets.entity(place);
      if (passed != source && path.rules.passes(passed) && !back.add(source, passed)) {
        return false;
      }
    }
    return back.give(source, passed -> path.finish(targets.find(passed), 3));
  }

  private boolean fourHops(int source, long wanted) {
    JoinOutcome outcome = tryDirect(source, 4, leastCost(source, wanted));
    if (outcome != JoinOutcome.GAVE_UP) {
      return outcome == JoinOutcome.DONE;
    }
    long near;
    long far;
    if (arcs.degree(source) <= targets.size()) {
      near = volume(source, Long.MAX_VALUE);
      far = filled ? 0 : targetVolume(2 * near + 1);
    } else {
      far = filled ? 0 : targetVolume(Long.MAX_VALUE);
      near = volume(source, 4 * (far + memory.table.size()) + NO_PLAN);
    }
    if (wanted <= FEW) {
      outcome = tryDirect(source, 4, (near + Math.min(near, far)) / 2);
      if (outcome != JoinOutcome.GAVE_UP) {
        return outcome == JoinOutcome.DONE;
      }
    }
    TableJoin middle = table();
    if (far <= 2 * near) {
      if (!filled && !middle.fill()) {
        return false;
      }
      filled = true;
      if (backIsCheaper(source, near)) {
        return fourBack(source);
      }
    } else if (!middle.fillFrom(source)) {
      return false;
    }
    return middle.give(source) == JoinOutcome.DONE;
  }

  /** Estimates from some entities in the table what joining each with the source's list costs. */
  private boolean backIsCheaper(int source, long near) {
    int size = memory.table.groups.size();
    int[] entities = memory.table.groups.sorted();
    int degree = arcs.degree(source);
    int step = Math.max(1, size / 32);
    long sum = 0;
    int sampled = 0;
    for (int i = 0; i < size; i += step) {
      sum += SEEK + SortedJoin.cost(arcs.degree(entities[i]), degree);
      sampled++;
    }
    long walk = Math.min(near, (long) degree * (SEEK + size));
    return sampled > 0 && (double) sum / sampled * size * 2 < walk;
  }

  private boolean fourBack(int source) {
    ReverseJoin back = reverse();
    TableJoin middle = table();
    back.begin();
    int size = memory.table.groups.size();
    int[] entities = memory.table.groups.sorted();
    for (int i = 0; i < size; i++) {
      boolean passes = entities[i] != source && path.rules.passes(entities[i]);
      if (passes && !back.add(source, entities[i])) {
        return false;
      }
    }
    return back.give(source, middle::giveFrom);
  }

  /** Less than any plan costs: what may be spent before estimating. */
  private long leastCost(int source, long wanted) {
    long least = (long) SEEK * Math.min(arcs.degree(source), targets.size());
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
      sum += SEEK + SortedJoin.cost(arcs.degree(arcs.neighbour(arc)), length);
    }
    return sum;
  }

  private long costBack(int length, long enough) {
    long sum = 0;
    for (int place = targets.from(); place < targets.to() && sum < enough; place++) {
      sum += 2 * SEEK + SortedJoin.cost(arcs.degree(targets.entity(place)), length);
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

  private long targetVolume(long enough) {
    long sum = 0;
    for (int place = targets.from(); place < targets.to() && sum < enough; place++) {
      sum += arcs.degree(targets.entity(place));
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
      table = new TableJoin(path, targets, memory);
    }
    return table;
  }
}
