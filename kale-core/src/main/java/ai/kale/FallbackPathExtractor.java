package ai.kale;

import ai.kale.data.PathFallback;
import ai.kale.data.PathReport;

/**
 * Gives other paths where an extractor finds none.
 *
 * <p>{@link PathFallback#TOWARD_ANSWER}: the targets are widened to the entities at distance 1, 2,
 * … from them (any relation, both directions), up to the query's hops and as long as they are
 * nearer than every source, and the first distance that paths lead to gives the result. {@link
 * PathFallback#FROM_QUESTION}: the targets are all entities within 1, 2, … hops of the sources,
 * until there are as many paths as asked for; of trails, without the sources. In both, entities
 * that the query's filter excludes, and hubs that it skips, are no ends, and nothing is counted
 * through them. A search that was cut has no fallback: whether there is a path is not known.
 *
 * <p>Cost: one more {@code expand}, one more search and, where hubs are skipped, one more {@code
 * degrees} for each step. The query's budget and time limit hold for all of it together. Without a
 * budget nothing bounds how far a hub is expanded that is not skipped.
 */
final class FallbackPathExtractor implements PathExtractor {
  private final PathExtractor first;
  private final PathExtractor searcher;
  private final PathFallback fallback;

  /**
   * Falls back once.
   *
   * @param first is asked first
   * @param searcher searches the wider targets; itself without a fallback
   * @param fallback what to give, not {@link PathFallback#NONE}
   */
  FallbackPathExtractor(PathExtractor first, PathExtractor searcher, PathFallback fallback) {
    this.first = first;
    this.searcher = searcher;
    this.fallback = fallback;
  }

  @Override
  public PathResult extract(KnowledgeGraph graph, PathQuery query) {
    long begun = System.nanoTime();
    PathResult found = first.extract(graph, query);
    PathReport report = found.report();
    if (!found.paths().isEmpty() || !report.complete() || query.sources().length == 0) {
      return found;
    }
    if (fallback == PathFallback.TOWARD_ANSWER && query.targets().length == 0) {
      return found;
    }
    WiderSearch wider = new WiderSearch(searcher, graph, query, begun, report);
    return fallback == PathFallback.TOWARD_ANSWER ? wider.towardAnswer() : wider.fromQuestion();
  }

  @Override
  public String id() {
    return first.id() + "+" + fallback.text();
  }

  @Override
  public PathExtractor withFallback(PathFallback next) {
    return next == PathFallback.NONE ? this : new FallbackPathExtractor(this, searcher, next);
  }
}
