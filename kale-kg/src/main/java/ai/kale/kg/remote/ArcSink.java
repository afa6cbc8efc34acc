package ai.kale.kg.remote;

/**
 * Takes the arcs of a batch of entities from {@link RemoteKnowledgeGraph#fetchArcs}, in any order
 * and possibly several times. It may be used by the calling thread only, and only until that call
 * returns.
 */
public interface ArcSink {
  /**
   * One arc.
   *
   * @param position index into the batch of the entity the arc is at
   * @param relationId the relation
   * @param inverse true if the neighbour is the triple's subject; must be among the directions that
   *     were asked for
   * @param neighbourId the entity at the other end; a self loop is reported once in each direction
   *     asked for
   * @param weight finite, 0 or more; 1 where the store has no weights. Of equal arcs the highest is
   *     kept
   * @throws IllegalArgumentException if the position, the direction, an id or the weight is not
   *     possible
   * @throws IllegalStateException if the call that this sink was made for is over
   */
  void arc(int position, String relationId, boolean inverse, String neighbourId, float weight);

  /**
   * One arc of weight 1.
   *
   * @param position index into the batch of the entity the arc is at
   * @param relationId the relation
   * @param inverse true if the neighbour is the triple's subject
   * @param neighbourId the entity at the other end
   */
  default void arc(int position, String relationId, boolean inverse, String neighbourId) {
    arc(position, relationId, inverse, neighbourId, 1);
  }

  /**
   * Says that the store has an arc that must be left out, such as one to a blank node, which no
   * later request could name. It is counted in {@link RemoteStatistics#skippedArcs}, and the first
   * one of a graph is logged as a warning; so nothing is missing silently.
   *
   * @param position index into the batch of the entity the arc is at
   * @param reason why it is left out, such as {@code "the neighbour is a blank node"}
   */
  void skipped(int position, String reason);
}
