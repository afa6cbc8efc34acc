package ai.kale.kg.link;

import ai.kale.ArcVisitor;
import ai.kale.Direction;
import ai.kale.GraphCapability;
import ai.kale.KnowledgeGraph;
import ai.kale.kg.graph.CompactGraph;
import com.google.common.collect.MapMaker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.IntStream;

/**
 * All names of a graph by their tokens. Made once for each graph object, O(names); kept as long as
 * the graph is reachable.
 */
final class NameIndex {
  private static final ConcurrentMap<KnowledgeGraph, NameIndex> CACHE =
      new MapMaker().weakKeys().makeMap();
  private static final int BATCH = 4096;

  private final Map<String, int[]> byKey = new HashMap<>();

  /** Most tokens of a name that begins with a token. */
  private final Map<String, Integer> longest = new HashMap<>();

  private NameIndex() {}

  static NameIndex of(KnowledgeGraph graph) {
    GraphCapability.ENUMERATION.require(
        graph,
        "linking by name",
        "annotate Question.topics with entity ids and use TopicLinker, or pass your own"
            + " EntityLinker");
    NameIndex index = CACHE.get(graph);
    if (index == null) {
      synchronized (CACHE) {
        index = CACHE.get(graph);
        if (index == null) {
          index = build(graph);
          CACHE.put(graph, index);
        }
      }
    }
    return index;
  }

  private static NameIndex build(KnowledgeGraph graph) {
    NameIndex index = new NameIndex();
    int count = graph.entityCount();
    for (int start = 0; start < count; start += BATCH) {
      int[] batch = IntStream.range(start, Math.min(count, start + BATCH)).toArray();
      List<List<String>> names = namesOf(graph, batch);
      for (int i = 0; i < batch.length; i++) {
        for (String name : names.get(i)) {
          index.add(name, batch[i]);
        }
      }
    }
    return index;
  }

  /** The names of each entity, or else the text that stands for it; two look-ups at the most. */
  private static List<List<String>> namesOf(KnowledgeGraph graph, int[] entities) {
    List<List<String>> names = new ArrayList<>(graph.names(entities));
    int[] nameless =
        IntStream.range(0, entities.length).filter(i -> names.get(i).isEmpty()).toArray();
    if (nameless.length > 0) {
      List<String> labels = graph.labels(IntStream.of(nameless).map(i -> entities[i]).toArray());
      for (int i = 0; i < nameless.length; i++) {
        names.set(nameless[i], List.of(labels.get(i)));
      }
    }
    return names;
  }

  private void add(String name, int entity) {
    List<String> tokens = Tokens.of(name);
    if (!tokens.isEmpty()) {
      byKey.merge(String.join(" ", tokens), new int[] {entity}, NameIndex::append);
      longest.merge(tokens.get(0), tokens.size(), Math::max);
    }
  }

  private static int[] append(int[] some, int[] one) {
    if (some[some.length - 1] == one[0]) {
      return some;
    }
    int[] more = Arrays.copyOf(some, some.length + 1);
    more[some.length] = one[0];
    return more;
  }

  /** Entities with a name of this key, in handle order; do not write to it. */
  int[] find(String key) {
    return byKey.getOrDefault(key, NONE);
  }

  private static final int[] NONE = new int[0];

  /** Most tokens of a name that begins with a token, 0 if there is none. */
  int longest(String firstToken) {
    return longest.getOrDefault(firstToken, 0);
  }

  /**
   * Entities named by a whole text: those with exactly this name if any, else those with the same
   * tokens.
   */
  int[] findWhole(KnowledgeGraph graph, String text) {
    int[] same = find(Tokens.key(text));
    if (same.length < 2) {
      return same;
    }
    List<List<String>> names = namesOf(graph, same);
    int[] exact =
        IntStream.range(0, same.length)
            .filter(i -> names.get(i).contains(text))
            .map(i -> same[i])
            .toArray();
    return byDegree(graph, exact.length == 0 ? same : exact);
  }

  /** Highest degree first, then by id. */
  static int[] byDegree(KnowledgeGraph graph, int[] entities) {
    if (entities.length < 2) {
      return entities;
    }
    int[] degree = degrees(graph, entities);
    return IntStream.range(0, entities.length)
        .boxed()
        .sorted(
            Comparator.comparingInt((Integer i) -> -degree[i])
                .thenComparing(i -> graph.entityId(entities[i])))
        .mapToInt(i -> entities[i])
        .toArray();
  }

  private static int[] degrees(KnowledgeGraph graph, int[] entities) {
    if (graph instanceof CompactGraph compact) {
      return IntStream.of(entities).map(compact::degree).toArray();
    }
    int[] degree = new int[entities.length];
    ArcVisitor count =
        (index, relation, inverse, neighbour, weight) -> {
          degree[index]++;
          return true;
        };
    graph.expand(entities, Direction.BOTH, count);
    return degree;
  }
}
