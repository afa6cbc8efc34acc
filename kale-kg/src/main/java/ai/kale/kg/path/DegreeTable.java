package ai.kale.kg.path;

import ai.kale.KnowledgeGraph;
import java.util.Arrays;

/**
 * Degrees of entities, both directions, asked of the graph once each and in bulk. For one search,
 * in one thread.
 */
final class DegreeTable {
  private final KnowledgeGraph graph;
  private final IntIndex known = new IntIndex(16);
  private int[] degrees = new int[16];
  private IntIndex announced = new IntIndex(16);

  DegreeTable(KnowledgeGraph graph) {
    this.graph = graph;
  }

  /** Fetches the degrees of entities with at most one call. */
  void learn(int[] entities) {
    int[] unknown = Arrays.stream(entities).filter(e -> known.find(e) < 0).distinct().toArray();
    if (unknown.length == 0) {
      return;
    }
    int[] more = graph.degrees(unknown);
    int from = known.size();
    if (from + unknown.length > degrees.length) {
      degrees = Arrays.copyOf(degrees, Math.max(2 * from, from + unknown.length));
    }
    for (int i = 0; i < unknown.length; i++) {
      known.add(unknown[i]);
      degrees[from + i] = more[i];
    }
  }

  /** Names entities that may be asked about: the first that is fetches all of them. */
  void announce(int[] entities) {
    for (int entity : entities) {
      announced.add(entity);
    }
  }

  /** The number of arcs at an entity. */
  int degree(int entity) {
    int number = known.find(entity);
    if (number < 0) {
      announced.add(entity);
      learn(announced.toArray());
      announced = new IntIndex(16);
      number = known.find(entity);
    }
    return degrees[number];
  }
}
