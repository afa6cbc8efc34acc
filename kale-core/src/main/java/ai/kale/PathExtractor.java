package ai.kale;

import ai.kale.data.PathFallback;

/**
 * Finds the paths that connect the entities of a question to the entities of its answer (the
 * paper's knowledge-induced data synthesis, arXiv 2601.07430).
 *
 * <p>Implementations are safe for use by several threads.
 */
@FunctionalInterface
public interface PathExtractor {
  /**
   * Searches paths of at least one hop from any source to any target. A path may pass other sources
   * and targets on its way. An entity that is source and target at once gives no empty path, but
   * may end a path from another source; end points that the graph does not connect, or none, give
   * no path and a complete report.
   *
   * <p>Order: lower cost first, which is fewer hops unless the query sets relation costs; of equal
   * cost the higher score first; of equal score fewer hops; then by ids along the path, compared as
   * strings: the source, then for each hop the entity it leads to, its relation, and its direction
   * with forward first. So the answer does not depend on the backend, and the best K of a query are
   * the first K of its best K + 1.
   *
   * <p>A search that is cut by a budget, a time limit or an interrupt (which stays set) returns
   * valid paths in this order and says so in its report. Without costs and scorer they are the
   * first ones of the full list; with them, of the lengths that were begun, the best of those
   * looked at.
   *
   * @param graph where to search
   * @param query end points and limits
   * @return the paths and a report; nothing is cut without the report saying so
   * @throws IndexOutOfBoundsException if the graph never issued one of the end points' handles
   * @throws IllegalArgumentException if the query's scorer gives NaN
   */
  PathResult extract(KnowledgeGraph graph, PathQuery query);

  /** Names this extractor, with its settings where it has any, for provenance. */
  default String id() {
    return getClass().isHidden() ? "custom" : getClass().getName();
  }

  /**
   * This extractor, with something to give where no path leads to the answer. A search that was cut
   * has no fallback: whether there is a path is not known. The query's budget and time limit hold
   * for both searches together; set one where the graph has hubs, since a fallback expands around
   * the ends whatever their degree. Entities that the query's filter excludes, and hubs that it
   * skips, are no ends of a fallback's paths.
   *
   * @param fallback what to give; labelled as such in the report, also where it finds nothing
   * @return an extractor; this one for {@link PathFallback#NONE}. Asked again, it takes the second
   *     fallback where the first finds nothing either
   */
  default PathExtractor withFallback(PathFallback fallback) {
    return fallback == PathFallback.NONE ? this : new FallbackPathExtractor(this, this, fallback);
  }
}
