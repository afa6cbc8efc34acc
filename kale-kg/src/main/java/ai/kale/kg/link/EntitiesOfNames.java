package ai.kale.kg.link;

import ai.kale.KnowledgeGraph;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Collects the entities of each name, those of one name ranked: highest degree first, then by id.
 */
final class EntitiesOfNames {
  private final KnowledgeGraph graph;
  private int[] entityOfName = new int[1 << 8];
  private int names;
  private int[] shared = new int[1 << 6];
  private int sharedLength;
  private int ranked;

  EntitiesOfNames(KnowledgeGraph graph) {
    this.graph = graph;
  }

  /** Adds the entities of the next name; not ranked yet. */
  void add(int[] entities) {
    if (names == entityOfName.length) {
      entityOfName = Arrays.copyOf(entityOfName, names + (names >> 1));
    }
    if (entities.length == 1) {
      entityOfName[names++] = entities[0];
      return;
    }
    int needed = Math.addExact(sharedLength, 1 + 2 * entities.length);
    if (needed > shared.length) {
      shared = Arrays.copyOf(shared, (int) Math.min(Integer.MAX_VALUE - 16L, 2L * needed));
    }
    entityOfName[names++] = ~sharedLength;
    shared[sharedLength++] = entities.length;
    for (int entity : entities) {
      shared[sharedLength++] = entity;
      shared[sharedLength++] = 0;
    }
  }

  /** Ranks what was added since the last call, with one look-up of degrees. */
  void rank() {
    int[] all =
        groups()
            .flatMap(at -> IntStream.range(0, shared[at]).map(i -> shared[at + 1 + 2 * i]))
            .toArray();
    int[] degrees = all.length == 0 ? all : graph.degrees(all);
    int[] next = new int[1];
    groups()
        .forEach(
            at -> {
              int first = next[0];
              next[0] += shared[at];
              int[] order =
                  IntStream.range(first, next[0])
                      .boxed()
                      .sorted(
                          Comparator.comparingInt((Integer i) -> -degrees[i])
                              .thenComparing(i -> graph.entityId(all[i])))
                      .mapToInt(Integer::intValue)
                      .toArray();
              for (int i = 0; i < order.length; i++) {
                shared[at + 1 + 2 * i] = all[order[i]];
                shared[at + 2 + 2 * i] = degrees[order[i]];
              }
            });
    ranked = sharedLength;
  }

  /** Where groups begin that are not ranked yet. */
  private IntStream groups() {
    return IntStream.iterate(ranked, at -> at < sharedLength, at -> at + 1 + 2 * shared[at]);
  }

  int[] entityOfName() {
    return Arrays.copyOf(entityOfName, names);
  }

  int[] shared() {
    return Arrays.copyOf(shared, sharedLength);
  }
}
