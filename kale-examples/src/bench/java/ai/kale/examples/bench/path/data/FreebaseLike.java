package ai.kale.examples.bench.path.data;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A random graph of the size of FB15k-237 (Toutanova and Chen, 2015): 14,541 entities, 310,116
 * distinct triples, 237 relations.
 *
 * <p>Entities are drawn for both ends with a shifted power law that gives the first of them about
 * 7,600 arcs and the one in the middle about 20; every entity has one at least. Relations follow a
 * power law too. One triple of eight joins two entities that a triple joins already, most often by
 * another relation. Equal seeds give equal graphs on every machine.
 */
public final class FreebaseLike {
  /** Entities; all occur. */
  public static final int ENTITIES = 14_541;

  /** Distinct triples. */
  public static final int TRIPLES = 310_116;

  /** Relations. */
  public static final int RELATIONS = 237;

  private static final double ENTITY_SHIFT = 2.45;
  private static final double ENTITY_POWER = -0.75;
  private static final double RELATION_SHIFT = 5;
  private static final double RELATION_POWER = -1;
  private static final int REPEAT_ONE_OF = 8;

  private final SplittableRandom random;
  private final double[] entities = cumulated(ENTITIES, ENTITY_SHIFT, ENTITY_POWER);
  private final double[] relations = cumulated(RELATIONS, RELATION_SHIFT, RELATION_POWER);
  private final int[] names;
  private final int[] values = new int[3 * TRIPLES];
  private final Set<Long> seen = new HashSet<>(2 * TRIPLES);

  private FreebaseLike(long seed) {
    random = new SplittableRandom(seed);
    names = permutation(ENTITIES);
  }

  /**
   * Draws the graph.
   *
   * @param seed of every choice
   * @return head, relation and tail of each triple
   */
  public static IntRows triples(long seed) {
    return new FreebaseLike(seed).draw();
  }

  private IntRows draw() {
    for (int entity = 0; entity < ENTITIES; entity++) {
      boolean added = false;
      while (!added) {
        int other = draw(entities);
        added = random.nextBoolean() ? add(entity, other) : add(other, entity);
      }
    }
    while (seen.size() < TRIPLES) {
      if (random.nextInt(REPEAT_ONE_OF) == 0) {
        int triple = 3 * random.nextInt(seen.size());
        put(values[triple], values[triple + 2]);
      } else {
        add(draw(entities), draw(entities));
      }
    }
    return new IntRows(3, values);
  }

  private boolean add(int headRank, int tailRank) {
    return headRank != tailRank && put(names[headRank], names[tailRank]);
  }

  /** Joins two entities by a relation; false if that triple is there already. */
  private boolean put(int head, int tail) {
    int relation = draw(relations);
    int at = 3 * seen.size();
    boolean added = seen.add(((long) head * RELATIONS + relation) * ENTITIES + tail);
    if (added) {
      values[at] = head;
      values[at + 1] = relation;
      values[at + 2] = tail;
    }
    return added;
  }

  private int draw(double[] cumulated) {
    double at = random.nextDouble() * cumulated[cumulated.length - 1];
    int found = Arrays.binarySearch(cumulated, at);
    return Math.min(found < 0 ? -found - 1 : found + 1, cumulated.length - 1);
  }

  private static double[] cumulated(int count, double shift, double power) {
    double[] sums = new double[count];
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += StrictMath.pow(i + shift, power);
      sums[i] = sum;
    }
    return sums;
  }

  private int[] permutation(int count) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
