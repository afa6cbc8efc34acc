package ai.kale.kg.path;

import ai.kale.Direction;
import ai.kale.KnowledgeGraph;
import ai.kale.kg.graph.CompactGraph;

/** What the exact search needs of a graph: whole frontiers, and the order of ids. */
interface ArcReader {
  /**
   * Reads the arcs of a frontier; self loops are left out, no simple path uses them.
   *
   * @param frontier distinct entities
   * @param fromTargets whether hops end at the frontier instead of starting there
   * @param direction which arcs a path may use
   * @param budget most arcs to read
   * @return the arcs; {@link ArcBlock#cut} and as many as the budget allows if there are more
   */
  ArcBlock read(int[] frontier, boolean fromTargets, Direction direction, long budget);

  /** A guess of what reading a frontier costs. */
  long cost(int[] frontier);

  /** The entities in the order of their ids. */
  int[] sorted(int[] entities);

  /** For each relation handle read so far, its place when relations are sorted by id. */
  int[] relationRanks();

  static ArcReader of(KnowledgeGraph graph) {
    return graph instanceof CompactGraph compact
        ? new CompactArcReader(compact)
        : new BatchedArcReader(graph);
  }

  /** Which stored arcs may be used at a frontier: on the targets' side the arrow is turned. */
  static Direction atFrontier(Direction direction, boolean fromTargets) {
    if (!fromTargets || direction == Direction.BOTH) {
      return direction;
    }
    return direction == Direction.FORWARD ? Direction.BACKWARD : Direction.FORWARD;
  }
}
