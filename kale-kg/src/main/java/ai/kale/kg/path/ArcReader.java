package ai.kale.kg.path;

import ai.kale.Direction;
import ai.kale.KnowledgeGraph;
import ai.kale.PathQuery;
import ai.kale.kg.graph.CompactGraph;

/** What the search in layers needs of a graph: whole frontiers, and the order of ids. */
interface ArcReader {
  /**
   * Reads the arcs of a frontier that the query allows.
   *
   * @param frontier distinct entities
   * @param fromTargets whether hops end at the frontier instead of starting there
   * @param direction which arcs a path may use here, among those of the query
   * @return the arcs; {@link ArcBlock#cut} if the budget does not allow all of them
   */
  ArcBlock read(int[] frontier, boolean fromTargets, Direction direction);

  /** A guess of what reading a frontier costs. */
  long cost(int[] frontier);

  /** The entities in the order of their ids. */
  int[] sorted(int[] entities);

  /** The place of a relation that was read when those read so far are sorted by id. */
  int rank(int relation);

  /** The relation at a place. */
  int relation(int rank);

  /** The weight of the triple of a hop that was read; 1 where the graph has none. */
  float weight(int from, int label, int to);

  /** A reader of a graph for one search. */
  static ArcReader of(KnowledgeGraph graph, PathQuery query, PathRules rules, SearchBudget budget) {
    return graph instanceof CompactGraph compact
        ? new CompactArcReader(compact, query, rules, budget)
        : new BatchedArcReader(graph, query, rules, budget);
  }

  /** Which stored arcs may be used at a frontier: on the targets' side the arrow is turned. */
  static Direction atFrontier(Direction direction, boolean fromTargets) {
    if (!fromTargets || direction == Direction.BOTH) {
      return direction;
    }
    return direction == Direction.FORWARD ? Direction.BACKWARD : Direction.FORWARD;
  }
}
