package ai.kale.examples.bench.path.find;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Who takes part, in this order. To add one, name it here and say in {@link PathSearches} how it is
 * opened.
 */
public enum PathContender {
  /** KALE's exact extractor. */
  EXACT("exact", "KALE exact", Counts.ARC_PATHS, true),
  /** KALE's brute force, the oracle of its tests. */
  BFS("bfs", "KALE brute force", Counts.ARC_PATHS, true),
  /** JGraphT, all paths of limited length. */
  JGRAPHT_ALL("jgrapht-all", "JGraphT AllDirectedPaths", Counts.ARC_PATHS, false),
  /** JGraphT, loopless paths by rising length. */
  JGRAPHT_YEN("jgrapht-yen", "JGraphT Yen", Counts.ARC_PATHS, false),
  /** Neo4j in this process. */
  NEO4J("neo4j", "Neo4j allSimplePaths", Counts.ARC_PATHS, false),
  /** KALE's exact extractor on the graph without relations: what PathEnum is held against. */
  EXACT_VERTEX("exact-vertex", "KALE exact, entities only", Counts.VERTEX_PATHS, true),
  /** PathEnum, a program outside. */
  PATHENUM("pathenum", "PathEnum", Counts.VERTEX_PATHS, false);

  /** What makes two paths different. */
  public enum Counts {
    /** The entities, or a relation or its direction: each parallel arc makes paths of its own. */
    ARC_PATHS("arcs"),
    /** The entities only. */
    VERTEX_PATHS("entities");

    private final String title;

    Counts(String title) {
      this.title = title;
    }

    /** Its name in tables. */
    public String title() {
      return title;
    }
  }

  private final String key;
  private final String title;
  private final Counts counts;
  private final boolean kale;

  PathContender(String key, String title, Counts counts, boolean kale) {
    this.key = key;
    this.title = title;
    this.counts = counts;
    this.kale = kale;
  }

  /** Its name on the command line and in files. */
  public String key() {
    return key;
  }

  /** Its name in tables. */
  public String title() {
    return title;
  }

  /** Which paths it counts. */
  public Counts counts() {
    return counts;
  }

  /** Whether it is KALE, and gets KALE's heap. */
  public boolean isKale() {
    return kale;
  }

  /** Whom its times are divided by: KALE's exact extractor, counting the same. */
  public PathContender reference() {
    return counts == Counts.ARC_PATHS ? EXACT : EXACT_VERTEX;
  }

  /**
   * The contender of a name.
   *
   * @param key a name
   * @return it, or empty
   */
  public static Optional<PathContender> of(String key) {
    return Arrays.stream(values()).filter(c -> c.key.equals(key)).findFirst();
  }

  /** All names, in order. */
  public static List<String> keys() {
    return Arrays.stream(values()).map(PathContender::key).toList();
  }
}
