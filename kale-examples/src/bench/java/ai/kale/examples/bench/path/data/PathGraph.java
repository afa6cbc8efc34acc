package ai.kale.examples.bench.path.data;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The graphs of the path benchmark. */
public enum PathGraph {
  /** MetaQA's graph, a topic and one answer of questions of two hops. */
  METAQA_2("metaqa-2hop"),
  /** MetaQA's graph, a topic and one answer of questions of three hops. */
  METAQA_3("metaqa-3hop"),
  /** {@link FreebaseLike}, ends of random walks. */
  FREEBASE("fb15k237-like"),
  /** The graph of the graph store's benchmark, ends of random walks. */
  SYNTHETIC("synthetic");

  private final String key;

  PathGraph(String key) {
    this.key = key;
  }

  /** Its name on the command line, in folders and in tables. */
  public String key() {
    return key;
  }

  /** Whether it is made from files that must be given. */
  public boolean needsData() {
    return this == METAQA_2 || this == METAQA_3;
  }

  /**
   * The graph of a name.
   *
   * @param key a name
   * @return it, or empty
   */
  public static Optional<PathGraph> of(String key) {
    return Arrays.stream(values()).filter(g -> g.key.equals(key)).findFirst();
  }

  /** All names, in order. */
  public static List<String> keys() {
    return Arrays.stream(values()).map(PathGraph::key).toList();
  }
}
