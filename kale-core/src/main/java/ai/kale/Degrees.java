package ai.kale;

import java.util.Arrays;

/** Counts the arcs at entities of any graph, in one expansion. */
final class Degrees {
  private Degrees() {}

  static int[] of(KnowledgeGraph graph, int[] entities) {
    int[] distinct = Arrays.stream(entities).sorted().distinct().toArray();
    int[] counts = new int[distinct.length];
    graph.expand(
        distinct,
        Direction.BOTH,
        (index, relation, inverse, neighbour, weight) -> {
          counts[index]++;
          return true;
        });
    int[] degrees = new int[entities.length];
    for (int i = 0; i < degrees.length; i++) {
      degrees[i] = counts[Arrays.binarySearch(distinct, entities[i])];
    }
    return degrees;
  }
}
