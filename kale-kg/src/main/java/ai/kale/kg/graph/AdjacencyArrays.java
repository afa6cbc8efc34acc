package ai.kale.kg.graph;

import org.jspecify.annotations.Nullable;

/**
 * All arcs of a graph in compressed sparse rows: for each entity the arcs in both directions,
 * merged and sorted by neighbour, then relation, then direction with forward first. Handles rise
 * with ids, so this is the order of the ids of neighbours and relations too.
 *
 * <p>A triple is two arcs, one at each end; a self loop is two arcs at one entity. Memory: 12 bytes
 * a triple up to 32,768 relations, else 16, and 8 more with weights; plus 4 bytes an entity. The
 * rows lie on the heap, or in a file that was opened with {@link CompactGraph#open}. Immutable and
 * safe for use by several threads.
 *
 * <p>Idea: count degrees, scatter, then transpose once: reading rows in rising order writes every
 * neighbour list in rising order, so no list is sorted; only runs of parallel arcs are. O(n + m).
 */
public final class AdjacencyArrays {
  /** Most triples one graph can hold: arcs are counted in an int. */
  public static final int MAX_TRIPLES = (Integer.MAX_VALUE - 16) / 2;

  private final IntColumn off;
  private final IntColumn nbr;
  private final IntColumn lab;
  private final @Nullable IntColumn weights;

  AdjacencyArrays(IntColumn off, IntColumn nbr, IntColumn lab, @Nullable IntColumn weights) {
    this.off = off;
    this.nbr = nbr;
    this.lab = lab;
    this.weights = weights;
  }

  AdjacencyArrays onHeap() {
    IntColumn all = weights;
    return new AdjacencyArrays(
        off.onHeap(), nbr.onHeap(), lab.onHeap(), all == null ? null : all.onHeap());
  }

  IntColumn offsets() {
    return off;
  }

  IntColumn neighbours() {
    return nbr;
  }

  IntColumn labels() {
    return lab;
  }

  @Nullable IntColumn weights() {
    return weights;
  }

  /** Number of entities. */
  public int entityCount() {
    return off.size() - 1;
  }

  /** Number of arcs, two a triple. */
  public int arcCount() {
    return nbr.size();
  }

  /** Bytes held: what the class comment says, exactly. */
  public long byteLength() {
    IntColumn all = weights;
    return off.byteLength()
        + nbr.byteLength()
        + lab.byteLength()
        + (all == null ? 0 : all.byteLength());
  }

  /** Whether triples carry weights. */
  public boolean hasWeights() {
    return weights != null;
  }

  /**
   * Number of arcs at an entity, both directions.
   *
   * @param entity a handle
   * @return 0 or more
   */
  public int degree(int entity) {
    return off.get(entity + 1) - off.get(entity);
  }

  /**
   * Position of an entity's first arc.
   *
   * @param entity a handle
   * @return an arc position
   */
  public int arcStart(int entity) {
    return off.get(entity);
  }

  /**
   * Position after an entity's last arc.
   *
   * @param entity a handle
   * @return an arc position
   */
  public int arcEnd(int entity) {
    return off.get(entity + 1);
  }

  /**
   * The entity at the other end of an arc.
   *
   * @param arc a position
   * @return a handle
   */
  public int neighbour(int arc) {
    return nbr.get(arc);
  }

  /**
   * Relation and direction of an arc in one number.
   *
   * @param arc a position
   * @return relation * 2, plus 1 if the arc is traversed against its arrow
   */
  public int labelAt(int arc) {
    return lab.get(arc);
  }

  /**
   * The relation of an arc.
   *
   * @param arc a position
   * @return a handle
   */
  public int relationAt(int arc) {
    return lab.get(arc) >>> 1;
  }

  /**
   * Whether an arc is traversed against its arrow.
   *
   * @param arc a position
   * @return true if the neighbour is the triple's subject
   */
  public boolean inverseAt(int arc) {
    return (lab.get(arc) & 1) != 0;
  }

  /**
   * The weight of an arc's triple.
   *
   * @param arc a position
   * @return the weight; 1 where the graph has none
   */
  public float weightAt(int arc) {
    IntColumn all = weights;
    return all == null ? 1 : Float.intBitsToFloat(all.get(arc));
  }
}
