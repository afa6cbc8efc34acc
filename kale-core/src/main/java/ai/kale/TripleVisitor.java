package ai.kale;

/** Receives triples from {@link KnowledgeGraph#triples(TripleVisitor)}. */
@FunctionalInterface
public interface TripleVisitor {
  /**
   * One triple.
   *
   * @param subject entity handle
   * @param relation relation handle
   * @param object entity handle
   * @param weight the triple's weight; 1 where the graph has none
   * @return false to stop
   */
  boolean triple(int subject, int relation, int object, float weight);
}
