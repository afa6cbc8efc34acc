package ai.kale.kg.graph;

import ai.kale.ArcVisitor;
import ai.kale.Direction;
import ai.kale.GraphCapability;
import ai.kale.KnowledgeGraph;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A graph that passes every call on to another one: the start of a wrapper that changes a few. One
 * that changes names changes {@link #names}, {@link #label} and {@link #labels} together. Only
 * {@link #triples} and {@link #degrees} are not passed on: they are made of this graph's own {@link
 * #expand}, so that they agree with one that hides arcs.
 *
 * <p>One that changes what is seen, names or arcs, must override {@link #snapshot}, {@link
 * #tripleCount} and {@link #capabilities} too: provenance would otherwise name the graph behind it,
 * with content that no search saw. The snapshot is then no hash of the content any more, so {@link
 * GraphCapability#CONTENT_HASH} goes, unless the wrapper computes one.
 */
public abstract class ForwardingKnowledgeGraph implements KnowledgeGraph {
  private final KnowledgeGraph target;

  /**
   * Creates a wrapper.
   *
   * @param target gets every call; closed with this
   */
  protected ForwardingKnowledgeGraph(KnowledgeGraph target) {
    this.target = target;
  }

  @Override
  public Set<GraphCapability> capabilities() {
    return target.capabilities();
  }

  @Override
  public int[] entities(List<String> ids) {
    return target.entities(ids);
  }

  @Override
  public String entityId(int entity) {
    return target.entityId(entity);
  }

  @Override
  public List<List<String>> names(int[] entities) {
    return target.names(entities);
  }

  @Override
  public String label(int entity) {
    return target.label(entity);
  }

  @Override
  public List<String> labels(int[] entities) {
    return target.labels(entities);
  }

  @Override
  public OptionalInt relation(String id) {
    return target.relation(id);
  }

  @Override
  public String relationId(int relation) {
    return target.relationId(relation);
  }

  @Override
  public String relationLabel(int relation) {
    return target.relationLabel(relation);
  }

  @Override
  public void expand(int[] frontier, Direction direction, ArcVisitor visitor) {
    target.expand(frontier, direction, visitor);
  }

  @Override
  public int entityCount() {
    return target.entityCount();
  }

  @Override
  public int relationCount() {
    return target.relationCount();
  }

  @Override
  public OptionalLong tripleCount() {
    return target.tripleCount();
  }

  @Override
  public String snapshot() {
    return target.snapshot();
  }

  @Override
  public void close() {
    target.close();
  }
}
