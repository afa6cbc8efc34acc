package ai.kale.kg.graph;

import ai.kale.Direction;
import ai.kale.KnowledgeGraph;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Copies a part of a graph: say which relations, entities, weights and distance, each once, then
 * {@link #copy}.
 *
 * <pre>{@code
 * CompactGraph part =
 *     SubGraph.of(graph)
 *         .around(Set.of("Q76"), 2, Direction.BOTH)
 *         .excludeRelations(Set.of("P31"))
 *         .copy();
 * }</pre>
 *
 * <p>A triple is kept if its relation is kept, its weight reaches the least, and both its ends are
 * kept. Entities that are left without a triple are left out, unless {@link #keepIsolated} is said.
 * Ids, names, labels of relations and weights are kept; of a {@link CompactGraph} also the
 * languages of names, the aliases of relations and sources. The same graph and choice give the same
 * copy, whatever the order in which ids are given. Not safe for use by several threads.
 */
public final class SubGraph {
  final KnowledgeGraph graph;
  @Nullable Set<String> relations;
  boolean relationsExcluded;
  @Nullable Set<String> kept;
  @Nullable Set<String> excluded;
  @Nullable Set<String> seeds;
  int hops;
  Direction direction = Direction.BOTH;
  int hubLimit = Integer.MAX_VALUE;
  float minWeight;
  boolean isolated;

  private SubGraph(KnowledgeGraph graph) {
    this.graph = graph;
  }

  /**
   * Starts with everything.
   *
   * @param graph the source; only read, and only in {@link #copy}
   * @return a builder
   */
  public static SubGraph of(KnowledgeGraph graph) {
    return new SubGraph(graph);
  }

  /**
   * Keeps some relations only.
   *
   * @param ids relation ids
   * @return this
   */
  public SubGraph keepRelations(Collection<String> ids) {
    once(relations == null, "relations");
    relations = Set.copyOf(ids);
    return this;
  }

  /**
   * Keeps all but some relations.
   *
   * @param ids relation ids
   * @return this
   */
  public SubGraph excludeRelations(Collection<String> ids) {
    keepRelations(ids);
    relationsExcluded = true;
    return this;
  }

  /**
   * Keeps some entities only, and the triples between them.
   *
   * @param ids entity ids
   * @return this
   */
  public SubGraph keepEntities(Collection<String> ids) {
    once(kept == null, "entities to keep");
    kept = Set.copyOf(ids);
    return this;
  }

  /**
   * Leaves out some entities, and all triples at them.
   *
   * @param ids entity ids
   * @return this
   */
  public SubGraph excludeEntities(Collection<String> ids) {
    once(excluded == null, "entities to exclude");
    excluded = Set.copyOf(ids);
    return this;
  }

  /**
   * Keeps the ball around some entities: those that can be reached from one of them in some hops
   * over kept triples. All kept triples inside the ball stay, those between two entities on its rim
   * too.
   *
   * @param ids entity ids, the centre
   * @param mostHops 0 or more
   * @param along which arcs a hop may follow
   * @return this
   */
  public SubGraph around(Collection<String> ids, int mostHops, Direction along) {
    once(seeds == null, "the ball");
    if (mostHops < 0) {
      throw new IllegalArgumentException("0 or more hops; got " + mostHops);
    }
    seeds = Set.copyOf(ids);
    hops = mostHops;
    direction = along;
    return this;
  }

  /**
   * Stops the ball at hubs: an entity with more kept arcs than this, in the ball's direction, is in
   * the ball, but no hop leaves it, unless it is a centre. Its arcs are read all the same. Without
   * {@link #around} it does nothing.
   *
   * @param arcs most arcs of an entity that a hop may leave, 1 or more
   * @return this
   */
  public SubGraph hubLimit(int arcs) {
    once(hubLimit == Integer.MAX_VALUE, "the limit of hubs");
    if (arcs < 1) {
      throw new IllegalArgumentException("1 or more arcs; got " + arcs);
    }
    hubLimit = arcs;
    return this;
  }

  /**
   * Keeps triples of at least this weight; without {@link ai.kale.GraphCapability#WEIGHTS} every
   * weight is 1.
   *
   * @param least finite, more than 0
   * @return this
   */
  public SubGraph minWeight(float least) {
    once(minWeight == 0, "the least weight");
    if (!(least > 0) || Float.isInfinite(least)) {
      throw new IllegalArgumentException("a finite weight above 0; got " + least);
    }
    minWeight = least;
    return this;
  }

  /** Keeps entities that are left without a triple too. */
  public SubGraph keepIsolated() {
    once(!isolated, "keeping isolated entities");
    isolated = true;
    return this;
  }

  private static void once(boolean first, String what) {
    if (!first) {
      throw new IllegalStateException(what + ": said already");
    }
  }

  /**
   * Makes the copy. Reads each kept entity's arcs once, and those in the ball twice.
   *
   * @return a new graph, possibly empty; close it
   * @throws ai.kale.error.InvalidInputException if the graph lacks a relation or entity that was
   *     named, or if a centre of the ball is excluded; names them
   * @throws ai.kale.error.UnsupportedCapabilityException if the graph cannot enumerate its entities
   *     and neither a ball nor entities to keep are given
   */
  public CompactGraph copy() {
    return new SubGraphCopy(this).copy();
  }
}
