package ai.kale;

import ai.kale.error.KaleException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A directed multigraph of triples (subject, relation, object) that can be searched.
 *
 * <p>Entities and relations are dense {@code int} handles from 0, valid within this graph object
 * only; ids (IRIs, QIDs, names) and labels are looked up at the edge. Parallel triples with
 * different relations are different arcs; an exact duplicate of a triple is one arc.
 *
 * <p>The one traversal primitive is batched: {@link #expand} is given a whole frontier, so that an
 * in-memory graph answers from arrays and a remote store answers in one round trip.
 *
 * <p>Implementations are safe for use by several threads. After {@link #close} every method but
 * {@code close} throws {@link IllegalStateException}. The contract is tested by {@code
 * ai.kale.tck.KnowledgeGraphContract}.
 */
public interface KnowledgeGraph extends AutoCloseable {
  /** What this graph can do beyond the minimum. */
  Set<GraphCapability> capabilities();

  /**
   * Looks up entities by id. The same id has the same handle at every call, in every thread.
   *
   * @param ids entity ids, possibly repeated
   * @return one handle for each, -1 where the graph has no such entity
   */
  int[] entities(List<String> ids);

  /**
   * Looks up one entity by id.
   *
   * @param id an entity id
   * @return its handle, or empty
   */
  default OptionalInt entity(String id) {
    int handle = entities(List.of(id))[0];
    return handle < 0 ? OptionalInt.empty() : OptionalInt.of(handle);
  }

  /**
   * The id of an entity.
   *
   * @param entity a handle
   * @return its id
   * @throws IndexOutOfBoundsException if this graph never issued the handle
   */
  String entityId(int entity);

  /**
   * Names of entities.
   *
   * @param entities handles, possibly repeated
   * @return for each entity its names, the preferred label first, then aliases; empty where it has
   *     none
   * @throws IndexOutOfBoundsException if this graph never issued one of the handles
   */
  List<List<String>> names(int[] entities);

  /**
   * The text that stands for an entity: its preferred label, or else the last segment of its id
   * with underscores as spaces.
   *
   * @param entity a handle
   * @return a non-empty text
   * @throws IndexOutOfBoundsException if this graph never issued the handle
   */
  default String label(int entity) {
    List<String> names = names(new int[] {entity}).get(0);
    return names.isEmpty() ? Labels.fromId(entityId(entity)) : names.get(0);
  }

  /**
   * The texts that stand for entities, as {@link #label} gives them one by one, in one lookup.
   * Override both or neither.
   *
   * @param entities handles, possibly repeated
   * @return one non-empty text for each
   * @throws IndexOutOfBoundsException if this graph never issued one of the handles
   */
  default List<String> labels(int[] entities) {
    List<List<String>> names = names(entities);
    List<String> labels = new ArrayList<>(entities.length);
    for (int i = 0; i < entities.length; i++) {
      List<String> own = names.get(i);
      labels.add(own.isEmpty() ? Labels.fromId(entityId(entities[i])) : own.get(0));
    }
    return labels;
  }

  /**
   * Looks up a relation by id.
   *
   * @param id a relation id
   * @return its handle, or empty
   */
  OptionalInt relation(String id);

  /**
   * The id of a relation.
   *
   * @param relation a handle
   * @return its id
   * @throws IndexOutOfBoundsException if this graph never issued the handle
   */
  String relationId(int relation);

  /**
   * The text that stands for a relation: its label, or else the last segment of its id with
   * underscores as spaces.
   *
   * @param relation a handle
   * @return a non-empty text, usually a noun phrase such as {@code "place of birth"}
   * @throws IndexOutOfBoundsException if this graph never issued the handle
   */
  default String relationLabel(int relation) {
    return Labels.fromId(relationId(relation));
  }

  /**
   * Reports the arcs at every entity of a frontier.
   *
   * <p>Arcs come grouped by frontier index, in rising order; within a group the order is stable for
   * this graph object but otherwise unspecified. A self loop is reported once in each direction
   * asked for.
   *
   * <p>The visitor may call this graph's look-ups; what it throws reaches the caller.
   *
   * @param frontier handles, possibly repeated, possibly none
   * @param direction which arcs
   * @param visitor called for each arc; stops the traversal by returning false
   * @throws IndexOutOfBoundsException if this graph never issued one of the handles
   */
  void expand(int[] frontier, Direction direction, ArcVisitor visitor);

  /**
   * Reports the arcs at one entity, as {@link #expand} does for a frontier of one.
   *
   * @param entity a handle
   * @param direction which arcs
   * @param visitor called for each arc
   */
  default void expand(int entity, Direction direction, ArcVisitor visitor) {
    expand(new int[] {entity}, direction, visitor);
  }

  /**
   * The number of arcs at entities, both directions together: what {@link #expand} with {@link
   * Direction#BOTH} reports, so a self loop counts twice.
   *
   * <p>Expands the distinct ones of these entities once, O(their arcs), and for a remote store one
   * round trip. A graph that overrides {@code expand} need not override this.
   *
   * @param entities handles, possibly repeated, possibly none
   * @return one number for each, 0 or more
   * @throws IndexOutOfBoundsException if this graph never issued one of the handles
   */
  default int[] degrees(int[] entities) {
    return Degrees.of(this, entities);
  }

  /**
   * Reports every distinct triple once, in an order that is stable for this graph object but
   * otherwise unspecified.
   *
   * <p>Expands all entities forward, some thousand at a time: O(n + m), and for a remote store one
   * round trip for each of these frontiers. A graph that overrides {@code expand} need not override
   * this.
   *
   * @param visitor called for each triple; stops by returning false
   * @throws ai.kale.error.UnsupportedCapabilityException without {@link
   *     GraphCapability#ENUMERATION}
   */
  default void triples(TripleVisitor visitor) {
    GraphCapability.ENUMERATION.require(this, "listing all triples");
    WholeGraph.triples(this, visitor);
  }

  /**
   * Number of entity handles issued; with {@link GraphCapability#ENUMERATION} these are all the
   * graph's entities.
   */
  int entityCount();

  /** Number of relation handles issued; with {@link GraphCapability#ENUMERATION} these are all. */
  int relationCount();

  /** Number of distinct triples, where known. */
  OptionalLong tripleCount();

  /**
   * Names this state of the data in provenance: with {@link GraphCapability#CONTENT_HASH} {@code
   * "sha256:"} and the hash of triples and names in hex, else whatever identifies the remote state
   * and does not look like that.
   */
  String snapshot();

  /**
   * Frees what the graph holds.
   *
   * @throws KaleException if a remote connection cannot be closed
   */
  @Override
  void close();
}
