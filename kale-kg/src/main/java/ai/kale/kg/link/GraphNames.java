package ai.kale.kg.link;

import ai.kale.KnowledgeGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The names of entities, or else the texts that stand for them. */
final class GraphNames {
  private static final int BATCH = 4096;

  private GraphNames() {}

  interface Visitor {
    void name(String name, int entity);
  }

  /** Passes on every name of every entity, in the order of handles; two look-ups a batch. */
  static void forEach(KnowledgeGraph graph, Visitor visitor) {
    int count = graph.entityCount();
    for (int start = 0; start < count; start += BATCH) {
      int[] batch = IntStream.range(start, Math.min(count, start + BATCH)).toArray();
      List<List<String>> names = of(graph, batch);
      for (int i = 0; i < batch.length; i++) {
        for (String name : names.get(i)) {
          visitor.name(name, batch[i]);
        }
      }
    }
  }

  /** The names of each entity, or else its label; two look-ups at the most. */
  static List<List<String>> of(KnowledgeGraph graph, int[] entities) {
    List<List<String>> names = new ArrayList<>(graph.names(entities));
    int[] nameless = new int[entities.length];
    int count = 0;
    for (int i = 0; i < entities.length; i++) {
      if (names.get(i).isEmpty()) {
        nameless[count++] = i;
      }
    }
    if (count > 0) {
      int[] asked = new int[count];
      for (int i = 0; i < count; i++) {
        asked[i] = entities[nameless[i]];
      }
      List<String> labels = graph.labels(asked);
      for (int i = 0; i < count; i++) {
        names.set(nameless[i], List.of(labels.get(i)));
      }
    }
    return names;
  }
}
