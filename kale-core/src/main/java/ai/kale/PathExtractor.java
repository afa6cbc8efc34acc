package ai.kale;

/**
 * Finds the paths that connect the entities of a question to the entities of its answer (the
 * paper's knowledge-induced data synthesis, arXiv 2601.07430).
 *
 * <p>Implementations are safe for use by several threads.
 */
@FunctionalInterface
public interface PathExtractor {
  /**
   * Searches simple paths of at least one hop from any source to any target. An entity that is
   * source and target at once gives no empty path, but may end a path from another source.
   *
   * <p>Order: fewer hops first, then by the ids along the path (source, then relation id, direction
   * with forward first, entity id of each hop, compared as strings), so that the answer does not
   * depend on the backend.
   *
   * @param graph where to search
   * @param query end points and limits
   * @return the paths and a report; nothing is cut without the report saying so
   */
  PathResult extract(KnowledgeGraph graph, PathQuery query);

  /** Names this extractor, with its settings where it has any, for provenance. */
  default String id() {
    return getClass().isHidden() ? "custom" : getClass().getName();
  }
}
