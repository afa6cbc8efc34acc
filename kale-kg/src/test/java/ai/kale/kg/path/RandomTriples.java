package ai.kale.kg.path;

import ai.kale.KnowledgeGraph;
import ai.kale.kg.TestGraphs;
import ai.kale.kg.graph.CompactGraph;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Random graphs with hubs for the tests of path searches. */
final class RandomTriples {
  private RandomTriples() {}

  /** Triples between {@code e0 … }; every fourth end is one of three hubs. */
  static List<String[]> of(long seed, int entities, int triples, boolean loops) {
    Random random = new Random(seed);
    List<String[]> rows = new ArrayList<>();
    while (rows.size() < triples) {
      int from = random.nextInt(entities);
      int to = random.nextInt(random.nextInt(4) == 0 ? 3 : entities);
      if (loops || from != to) {
        rows.add(new String[] {"e" + from, "r" + random.nextInt(3), "e" + to});
      }
    }
    return rows;
  }

  /** The same triples with other handles. */
  static CompactGraph shuffled(List<String[]> rows, long seed) {
    List<String[]> others = new ArrayList<>(rows);
    Collections.shuffle(others, new Random(seed));
    return TestGraphs.of(others);
  }

  static int[] handles(KnowledgeGraph graph, String... ids) {
    return graph.entities(List.of(ids));
  }
}
