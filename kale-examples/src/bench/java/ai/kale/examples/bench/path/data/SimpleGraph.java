package ai.kale.examples.bench.path.data;

import java.util.Arrays;

/**
 * What is left of a graph for those who know neither relations nor parallel arcs: each two entities
 * that a triple joins are joined once, in both directions.
 */
public final class SimpleGraph {
  private final int[] degrees;
  private final int[] neighbours;

  private SimpleGraph(int[] degrees, int[] neighbours) {
    this.degrees = degrees;
    this.neighbours = neighbours;
  }

  /**
   * Simplifies.
   *
   * @param triples head, relation, tail; loops are left out
   * @param entities entities are numbered from 0 to this, exclusive
   * @return neighbours without direction and relation
   */
  public static SimpleGraph of(IntRows triples, int entities) {
    Neighbours all = new Neighbours(triples, entities);
    int[] degrees = new int[entities];
    int[] neighbours = new int[2 * triples.size()];
    int size = 0;
    for (int entity = 0; entity < entities; entity++) {
      int[] sorted = new int[all.degree(entity)];
      for (int i = 0; i < sorted.length; i++) {
        sorted[i] = all.neighbour(entity, i);
      }
      Arrays.sort(sorted);
      for (int i = 0; i < sorted.length; i++) {
        if (sorted[i] != entity && (i == 0 || sorted[i] != sorted[i - 1])) {
          neighbours[size++] = sorted[i];
          degrees[entity]++;
        }
      }
    }
    return new SimpleGraph(degrees, Arrays.copyOf(neighbours, size));
  }

  /** For each entity the number of its neighbours; not a copy. */
  public int[] degrees() {
    return degrees;
  }

  /** The neighbours of all entities one after the other, rising for each; not a copy. */
  public int[] neighbours() {
    return neighbours;
  }

  /** Each pair of neighbours once, as triples with relation 0. */
  public IntRows triples() {
    int[] values = new int[3 * (neighbours.length / 2)];
    int at = 0;
    int arc = 0;
    for (int entity = 0; entity < degrees.length; entity++) {
      for (int end = arc + degrees[entity]; arc < end; arc++) {
        if (entity < neighbours[arc]) {
          values[at] = entity;
          values[at + 2] = neighbours[arc];
          at += 3;
        }
      }
    }
    return new IntRows(3, values);
  }
}
