package ai.kale;

/** Receives arcs from {@link KnowledgeGraph#expand(int[], Direction, ArcVisitor)}. */
@FunctionalInterface
public interface ArcVisitor {
  /**
   * One arc.
   *
   * @param frontierIndex index into the frontier of the entity the arc is at
   * @param relation relation handle
   * @param inverse true if the arc is traversed against its arrow, so that the neighbour is the
   *     triple's subject
   * @param neighbour handle of the entity at the other end
   * @param weight the triple's weight; 1 where the graph has none
   * @return false to stop the traversal
   */
  boolean arc(int frontierIndex, int relation, boolean inverse, int neighbour, float weight);
}
