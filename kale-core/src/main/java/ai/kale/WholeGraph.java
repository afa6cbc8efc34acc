package ai.kale;

import java.util.stream.IntStream;

/** Reads a whole graph through its batched traversal. */
final class WholeGraph {
  /** Entities a frontier: some thousand arcs for a round trip, little memory for the frontier. */
  static final int FRONTIER = 4096;

  private WholeGraph() {}

  /** Expands all entities forward, frontier by frontier. */
  static void triples(KnowledgeGraph graph, TripleVisitor visitor) {
    int count = graph.entityCount();
    boolean[] go = {true};
    for (int start = 0; go[0] && start < count; ) {
      int end = start + Math.min(FRONTIER, count - start);
      int first = start;
      graph.expand(
          IntStream.range(first, end).toArray(),
          Direction.FORWARD,
          (index, relation, inverse, neighbour, weight) -> {
            go[0] = visitor.triple(first + index, relation, neighbour, weight);
            return go[0];
          });
      start = end;
    }
  }
}
