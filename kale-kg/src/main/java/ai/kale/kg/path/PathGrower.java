package ai.kale.kg.path;

import ai.kale.PathMode;
import ai.kale.PathQuery;
import java.util.function.Consumer;

/** Makes partial paths longer by one hop, as a query allows. For one search, in one thread. */
final class PathGrower {
  private final PathRules rules;
  private final Hubs hubs;
  private final ArcTable arcs;
  private final SearchBudget budget;
  private final PathRanking ranking;
  private final boolean simple;
  private final IntIndex targets;
  private final int[] entities;
  private final int[] labels;
  private final float[] weights;

  PathGrower(
      PathQuery query, PathRules rules, ArcTable arcs, SearchBudget budget, PathRanking ranking) {
    this.rules = rules;
    this.arcs = arcs;
    this.budget = budget;
    this.ranking = ranking;
    hubs = rules.hubs();
    simple = query.mode() == PathMode.SIMPLE;
    targets = IntIndex.of(query.targets());
    entities = new int[query.maxHops() + 1];
    labels = new int[query.maxHops()];
    weights = new float[query.maxHops()];
  }

  /** Whether a path may go on from where this one ends: a source, or an entity it may pass. */
  boolean mayGoOn(PartialPath path) {
    PartialPath before = path.before;
    if (before == null) {
      return true;
    }
    boolean arrived = (path.label & 1) != 0;
    return !rules.excludes(path.entity)
        && !hubs.skips(path.entity)
        && !hubs.leavesOut(path.entity, path.label >>> 1, !arrived, before.entity);
  }

  /**
   * Makes every path of one hop more. The path may go on, and the arcs where it ends were read.
   *
   * @return false if the search is cut
   */
  boolean grow(PartialPath path, Consumer<PartialPath> longer) {
    int end = arcs.to(path.entity);
    for (int arc = arcs.from(path.entity); arc < end; arc++) {
      if (!budget.step()) {
        return false;
      }
      int neighbour = arcs.neighbour(arc);
      int label = arcs.label(arc);
      boolean again = simple ? path.has(neighbour) : path.uses(neighbour, label);
      if (!again && !leavesOut(path, label, neighbour)) {
        longer.accept(path.then(neighbour, label, arcs.weight(arc), rules.cost(label)));
      }
    }
    return true;
  }

  private boolean leavesOut(PartialPath path, int label, int neighbour) {
    return path.hops > 0 && hubs.leavesOut(path.entity, label >>> 1, (label & 1) != 0, neighbour);
  }

  boolean isTarget(int entity) {
    return targets.find(entity) >= 0;
  }

  /** Offers a path that ends at a target. */
  void offer(PartialPath path) {
    path.write(entities, labels, weights);
    ranking.offer(path.cost, path.hops, entities, labels, weights);
  }
}
