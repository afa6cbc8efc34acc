package ai.kale.kg.path;

import ai.kale.KnowledgeGraph;
import ai.kale.PathExtractor;
import ai.kale.PathQuery;
import ai.kale.PathResult;

/**
 * Breadth-first search over partial paths from the sources, without any pruning: the baseline of
 * the paper's comparison (arXiv 2601.07430) and the oracle of this library's tests.
 *
 * <p>Every partial path up to the hop limit is made, O(degree^hops) in time and memory: for checks
 * and measurements only. It ends early where longer paths cannot be among the best any more. A
 * graph is asked with one {@link KnowledgeGraph#expand} for each hop at most, each entity once; a
 * hub policy or a scorer that wants degrees adds one {@link KnowledgeGraph#degrees} for each.
 */
public final class BruteForcePathExtractor implements PathExtractor {
  /** Creates an extractor; it has no state. */
  public BruteForcePathExtractor() {}

  @Override
  public PathResult extract(KnowledgeGraph graph, PathQuery query) {
    return new BreadthFirstSearch(graph, query).run();
  }

  /** Its name in provenance. */
  @Override
  public String id() {
    return "bfs/2";
  }
}
