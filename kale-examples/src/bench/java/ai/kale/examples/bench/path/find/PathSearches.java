package ai.kale.examples.bench.path.find;

import ai.kale.error.SetupException;
import ai.kale.examples.bench.path.data.PathFiles;
import ai.kale.kg.path.BruteForcePathExtractor;
import ai.kale.kg.path.ExactPathExtractor;

/** Opens contenders. */
public final class PathSearches {
  private PathSearches() {}

  /**
   * Loads a graph for a contender.
   *
   * @param contender who
   * @param files the graph
   * @return the loaded graph, ready to be asked
   * @throws SetupException for a contender that does not run in this JVM
   */
  public static PathSearch open(PathContender contender, PathFiles files) {
    return switch (contender) {
      case EXACT -> KaleSearch.onWholeGraph(files, new ExactPathExtractor());
      case BFS -> KaleSearch.onWholeGraph(files, new BruteForcePathExtractor());
      case JGRAPHT_ALL -> JGraphTSearch.allDirectedPaths(files);
      case JGRAPHT_YEN -> JGraphTSearch.yen(files);
      case NEO4J -> new Neo4jSearch(Neo4jDatabase.open(files));
      case EXACT_VERTEX -> KaleSearch.onSimpleGraph(files, new ExactPathExtractor());
      case PATHENUM -> throw new SetupException("PathEnum is a program, not a library");
    };
  }
}
