package ai.kale.kg.path;

import ai.kale.KnowledgeGraph;
import ai.kale.PathQuery;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a query allows, in the handles of one graph: which arcs a path may use, what they cost,
 * which entities it may pass. A label is {@code relation * 2 + inverse} in the direction of the
 * path. For one search, in one thread.
 */
final class PathRules {
  private static final int[] NO_ENTITIES = new int[0];
  private static final byte[] NO_FLAGS = new byte[0];
  private static final double[] NO_COSTS = new double[0];
  private static final byte UNKNOWN = 0;
  private static final byte YES = 1;
  private static final byte NO = 2;

  private final KnowledgeGraph graph;
  private final PathQuery query;
  private final boolean allRelations;
  private final SortedMap<String, Double> costs;
  private final double least;
  private int @Nullable [] excluded;
  private final Hubs hubs;

  /** By relation, as they are met: a store may issue new handles during a search. */
  private byte[] allowed = NO_FLAGS;

  private double[] costOf = NO_COSTS;

  PathRules(KnowledgeGraph graph, PathQuery query) {
    this.graph = graph;
    this.query = query;
    allRelations = query.filter().allowsAllRelations();
    costs = query.relationCosts();
    least =
        costs.isEmpty()
            ? 1
            : costs.values().stream().mapToDouble(Double::doubleValue).reduce(1, Math::min);
    hubs = new Hubs(graph, query.filter().hubs());
  }

  private static int[] handles(KnowledgeGraph graph, List<String> ids) {
    return ids.isEmpty()
        ? NO_ENTITIES
        : Arrays.stream(graph.entities(ids)).filter(entity -> entity >= 0).sorted().toArray();
  }

  /** Whether paths come in the order of hops and ids alone. */
  boolean isPlain() {
    return costs.isEmpty() && !query.isRanked();
  }

  /** Whether every arc of the query's direction may be used, at the same cost. */
  boolean allArcsAlike() {
    return allRelations && costs.isEmpty();
  }

  /** Whether a path may take a hop with this label. */
  boolean allows(int label) {
    boolean inverse = (label & 1) != 0;
    return (inverse ? query.direction().includesBackward() : query.direction().includesForward())
        && (allRelations || allowsRelation(label >>> 1));
  }

  private boolean allowsRelation(int relation) {
    if (relation >= allowed.length) {
      allowed = Arrays.copyOf(allowed, Math.max(relation + 1, 2 * allowed.length));
    }
    if (allowed[relation] == UNKNOWN) {
      allowed[relation] = query.filter().allowsRelation(graph.relationId(relation)) ? YES : NO;
    }
    return allowed[relation] == YES;
  }

  /** What a hop with this label costs. */
  double cost(int label) {
    if (costs.isEmpty()) {
      return 1;
    }
    int relation = label >>> 1;
    if (relation >= costOf.length) {
      costOf = Arrays.copyOf(costOf, Math.max(relation + 1, 2 * costOf.length));
    }
    if (costOf[relation] == 0) {
      costOf[relation] = costs.getOrDefault(graph.relationId(relation), 1.0);
    }
    return costOf[relation];
  }

  /** The least that one hop can cost. */
  double leastCost() {
    return least;
  }

  /**
   * The least that a path can cost once it has hops to go: {@code cost}, and the least hop added so
   * often. Rounding is monotone, so no sum along a real path is below this one, not by a bit.
   */
  double leastAfter(double cost, int hops) {
    double sum = cost;
    for (int hop = 0; hop < hops; hop++) {
      sum += least;
    }
    return sum;
  }

  /** Whether a path may not pass an entity because the query excludes it; hubs are not meant. */
  boolean excludes(int entity) {
    int[] sorted = excluded();
    return sorted.length > 0 && Arrays.binarySearch(sorted, entity) >= 0;
  }

  /** Looked up at the first use: a store may refuse, and a search handles that while it runs. */
  private int[] excluded() {
    int[] known = excluded;
    if (known == null) {
      known = handles(graph, query.filter().excludedEntities());
      excluded = known;
    }
    return known;
  }

  /** Those of some entities that a path may pass; asks for degrees in one call where it must. */
  int[] passable(int[] entities) {
    if (excluded().length == 0 && !hubs.isActive()) {
      return entities;
    }
    hubs.learn(entities);
    return Arrays.stream(entities).filter(e -> !excludes(e) && !hubs.skips(e)).toArray();
  }

  /** What the query says about hubs. */
  Hubs hubs() {
    return hubs;
  }
}
