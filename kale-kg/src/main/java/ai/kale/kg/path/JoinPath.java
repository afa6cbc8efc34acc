package ai.kale.kg.path;

import ai.kale.kg.graph.AdjacencyArrays;

/**
 * The path that a join is building, what it may use, and where it goes when it is complete. Shared
 * by the plans of one search; one thread.
 */
final class JoinPath {
  final AdjacencyArrays arcs;
  final JoinRules rules;
  final SearchBudget budget;
  final int[] entities = new int[JoinSearch.LONGEST + 1];
  final int[] labels = new int[JoinSearch.LONGEST];
  private final PathVisitor visitor;
  private final TargetArcs targets;

  /** The target if there is just one, which no path passes; else -1. */
  private final int onlyTarget;

  /** Paths that a plan has already given before another one took over. */
  private long skip;

  private long given;

  JoinPath(
      AdjacencyArrays arcs,
      JoinRules rules,
      SearchBudget budget,
      TargetArcs targets,
      int onlyTarget,
      PathVisitor visitor) {
    this.arcs = arcs;
    this.rules = rules;
    this.budget = budget;
    this.targets = targets;
    this.onlyTarget = onlyTarget;
    this.visitor = visitor;
  }

  /** Begins the paths of one length from one source. */
  void begin(int source) {
    entities[0] = source;
    skip = 0;
    given = 0;
  }

  /** Begins them again, by another plan in the same order: what was given is not given twice. */
  void beginAgain() {
    skip = Math.max(skip, given);
    given = 0;
  }

  /** Counts entries that were looked at; false if that is more than the budget allows. */
  boolean pays(long entries) {
    return budget.takeArcs(entries) == entries;
  }

  /** Whether the path has room for an entity after so many hops. */
  boolean takes(int entity, int hops) {
    return !isOn(entity, hops + 1) && passes(entity);
  }

  /** Whether a path may pass an entity. */
  boolean passes(int entity) {
    return entity != onlyTarget && rules.passes(entity);
  }

  /** Gives the path as it is; false to stop. */
  boolean give(int hops) {
    if (++given <= skip) {
      return true;
    }
    return ((given & 4095) != 0 || budget.check()) && visitor.visit(hops, entities, labels);
  }

  /** Gives the path with each last hop from where it stands; false to stop. */
  boolean finish(int place, int hops) {
    if (targets.isAlone(place)) {
      return finishAt(place, hops);
    }
    int end = targets.runEnd(place);
    for (int p = place; p < end; p++) {
      if (!finishAt(targets.inOrder(p), hops)) {
        return false;
      }
    }
    return true;
  }

  private boolean finishAt(int place, int hops) {
    int target = targets.target(place);
    if (onlyTarget < 0 && isOn(target, hops)) {
      return true;
    }
    entities[hops] = target;
    labels[hops - 1] = targets.label(place);
    return give(hops);
  }

  private boolean isOn(int entity, int count) {
    for (int i = 0; i < count; i++) {
      if (entities[i] == entity) {
        return true;
      }
    }
    return false;
  }
}
