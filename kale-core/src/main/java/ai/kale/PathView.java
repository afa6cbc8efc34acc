package ai.kale;

/** A path as a {@link PathScorer} sees it. Valid only during the call. */
public interface PathView {
  /** The graph it lies in. */
  KnowledgeGraph graph();

  /** Number of hops, at least 1. */
  int hops();

  /**
   * An entity on the path.
   *
   * @param place from 0, the source, to {@link #hops}, the target
   * @return its handle
   */
  int entity(int place);

  /**
   * The relation of a hop.
   *
   * @param hop from 0 to {@code hops() - 1}
   * @return its handle
   */
  int relation(int hop);

  /**
   * Whether a hop goes against the arrow.
   *
   * @param hop from 0 to {@code hops() - 1}
   * @return whether it does
   */
  boolean inverse(int hop);

  /**
   * The weight of the triple that a hop uses.
   *
   * @param hop from 0 to {@code hops() - 1}
   * @return 0 or more; 1 where the graph has no weights
   */
  float weight(int hop);

  /**
   * Number of arcs at an entity, both directions, as {@link KnowledgeGraph#degrees} counts them.
   * Searches ask a graph for the degrees of all candidates of one length in one call.
   *
   * @param place from 0 to {@link #hops}
   * @return at least 1
   */
  int degree(int place);
}
