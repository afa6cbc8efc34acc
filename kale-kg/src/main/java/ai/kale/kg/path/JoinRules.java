package ai.kale.kg.path;

import ai.kale.Direction;
import ai.kale.PathQuery;
import ai.kale.kg.graph.AdjacencyArrays;
import org.jspecify.annotations.Nullable;

/** {@link PathRules} for arrays: one look a label, and nothing where everything is allowed. */
final class JoinRules {
  private final PathRules rules;
  private final AdjacencyArrays arcs;
  private final boolean @Nullable [] allowed;
  private final boolean passAll;
  private final int mostArcs;

  JoinRules(PathRules rules, PathQuery query, AdjacencyArrays arcs, int relations) {
    this.rules = rules;
    this.arcs = arcs;
    boolean everything = query.direction() == Direction.BOTH && query.filter().allowsAllRelations();
    allowed = everything ? null : table(rules, relations);
    Hubs hubs = rules.hubs();
    passAll = query.filter().excludedEntities().isEmpty() && !hubs.isActive();
    mostArcs = hubs.skips() ? hubs.limit() : Integer.MAX_VALUE;
  }

  private static boolean[] table(PathRules rules, int relations) {
    boolean[] table = new boolean[2 * relations];
    for (int label = 0; label < table.length; label++) {
      table[label] = rules.allows(label);
    }
    return table;
  }

  /** Whether a path may take any hop. */
  boolean allowsAll() {
    return allowed == null;
  }

  /** Whether a path may take a hop with this label. */
  boolean allows(int label) {
    return allowed == null || allowed[label];
  }

  /** Whether a path may pass an entity. */
  boolean passes(int entity) {
    return passAll || passesRules(entity);
  }

  private boolean passesRules(int entity) {
    if (rules.excludes(entity)) {
      return false;
    }
    if (arcs.degree(entity) > mostArcs) {
      rules.hubs().leftOut(entity);
      return false;
    }
    return true;
  }
}
