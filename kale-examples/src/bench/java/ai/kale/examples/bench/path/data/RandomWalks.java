package ai.kale.examples.bench.path.data;

import ai.kale.error.SetupException;
import java.util.SplittableRandom;

/** Pairs of entities that are joined by a walk: both ends of random walks from random entities. */
public final class RandomWalks {
  private static final int MOST_ATTEMPTS = 1000;

  private final Neighbours neighbours;
  private final int entities;

  /**
   * Indexes a graph.
   *
   * @param triples head, relation, tail
   * @param entities entities are numbered from 0 to this, exclusive
   */
  public RandomWalks(IntRows triples, int entities) {
    this.neighbours = new Neighbours(triples, entities);
    this.entities = entities;
  }

  /**
   * Walks; the next entity is drawn evenly from the arcs of the last.
   *
   * @param count pairs wanted
   * @param hops length of each walk, 1 or more
   * @param seed of every choice
   * @return source and target of each walk, always two entities
   * @throws SetupException if the graph has hardly any walks with two ends
   */
  public IntRows pairs(int count, int hops, long seed) {
    SplittableRandom random = new SplittableRandom(seed + hops);
    int[] values = new int[2 * count];
    int found = 0;
    long attempts = 0;
    while (found < count) {
      if (++attempts > (long) MOST_ATTEMPTS * (count + 1)) {
        throw new SetupException("the graph has too few walks of " + hops + " hops with two ends");
      }
      int source = random.nextInt(entities);
      int end = end(source, hops, random);
      if (end >= 0 && end != source) {
        values[2 * found] = source;
        values[2 * found++ + 1] = end;
      }
    }
    return new IntRows(2, values);
  }

  private int end(int source, int hops, SplittableRandom random) {
    int at = source;
    for (int hop = 0; hop < hops; hop++) {
      int degree = neighbours.degree(at);
      if (degree == 0) {
        return -1;
      }
      at = neighbours.neighbour(at, random.nextInt(degree));
    }
    return at;
  }
}
