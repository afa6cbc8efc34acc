package ai.kale.examples.bench.data;

import ai.kale.error.SetupException;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Draws the triples of a graph with the traits that make real ones hard: few entities with very
 * many arcs, many with few, and neighbourhoods.
 *
 * <ul>
 *   <li>Four subjects of five are drawn evenly, the fifth from a square law.
 *   <li>Seven objects of ten follow Zipf's law, scattered over all entities; the first of them also
 *       gets one triple of fifty, which makes a hub of about 5 % of all triples. The other objects
 *       lie near their subject, at distances that fall off exponentially.
 *   <li>Relations follow Zipf's law; at a hub nine arcs of ten have the hub's own relation.
 * </ul>
 *
 * No triple occurs twice and none is a loop. Memory: 17 bytes a triple, as much again while
 * sorting. Logarithms come from {@link StrictMath}, so that no processor rounds its own way.
 */
public final class TripleKeys {
  private static final int HUBS = 1000;
  private static final double MEAN_DISTANCE = 12;
  private static final int MOST_ATTEMPTS = 8;

  private final GraphSpec spec;
  private final SplittableRandom random;
  private final double logEntities;
  private final double logRelations;
  private final long[] keys;

  private TripleKeys(GraphSpec spec) {
    this.spec = spec;
    this.random = new SplittableRandom(spec.seed());
    this.logEntities = StrictMath.log(spec.entities() + 1.0);
    this.logRelations = StrictMath.log(spec.relations() + 1.0);
    this.keys = distinct();
  }

  /**
   * Draws a graph.
   *
   * @param spec which
   * @return its triples
   */
  public static TripleKeys draw(GraphSpec spec) {
    return new TripleKeys(spec);
  }

  /**
   * The subject of a triple.
   *
   * @param i from 0 to the number of triples, exclusive
   * @return its number, from 0 on
   */
  public int subject(int i) {
    return (int) (keys[i] / spec.entities() / spec.relations());
  }

  /**
   * The relation of a triple.
   *
   * @param i from 0 to the number of triples, exclusive
   * @return its number, from 0 on
   */
  public int relation(int i) {
    return (int) (keys[i] / spec.entities() % spec.relations());
  }

  /**
   * The object of a triple.
   *
   * @param i from 0 to the number of triples, exclusive
   * @return its number, from 0 on
   */
  public int object(int i) {
    return (int) (keys[i] % spec.entities());
  }

  /** Draws until there are enough different triples; the first ones wanted are in random order. */
  private long[] distinct() {
    double surplus = 1.06;
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++, surplus *= 1.5) {
      long[] drawn = new long[Math.toIntExact((long) (spec.triples() * surplus) + 16)];
      for (int i = 0; i < drawn.length; i++) {
        drawn[i] = drawKey();
      }
      Arrays.parallelSort(drawn);
      int count = 1;
      for (int i = 1; i < drawn.length; i++) {
        if (drawn[i] != drawn[i - 1]) {
          drawn[count++] = drawn[i];
        }
      }
      if (count >= spec.triples()) {
        shuffle(drawn, count);
        return drawn;
      }
    }
    throw new SetupException(
        spec.triples()
            + " different triples are too many for "
            + spec.entities()
            + " entities; ask for more entities");
  }

  private void shuffle(long[] values, int count) {
    for (int i = 0; i < spec.triples(); i++) {
      int j = i + random.nextInt(count - i);
      long value = values[i];
      values[i] = values[j];
      values[j] = value;
    }
  }

  private long drawKey() {
    int n = spec.entities();
    int subject = drawSubject();
    double kind = random.nextDouble();
    int object;
    int relation;
    if (kind < 0.72) {
      int rank = kind < 0.02 ? 0 : zipf(logEntities, n);
      object = scatter(rank);
      boolean own = rank < HUBS && random.nextInt(10) != 0;
      relation = own ? (int) (rank * 7L % spec.relations()) : zipf(logRelations, spec.relations());
    } else {
      int distance = 1 + (int) (-MEAN_DISTANCE * StrictMath.log(1 - random.nextDouble()));
      object = Math.floorMod(subject + (random.nextBoolean() ? distance : -distance), n);
      relation = zipf(logRelations, spec.relations());
    }
    if (object == subject) {
      object = (object + 1) % n;
    }
    return ((long) subject * spec.relations() + relation) * n + object;
  }

  private int drawSubject() {
    double even = random.nextDouble();
    return random.nextInt(5) != 0
        ? (int) (even * spec.entities())
        : scatter((int) (even * even * spec.entities()));
  }

  /** A rank from 0 on, with a probability of about 1 / (rank + 1). */
  private int zipf(double log, int count) {
    int rank = (int) StrictMath.exp(random.nextDouble() * log) - 1;
    return Math.min(Math.max(rank, 0), count - 1);
  }

  /**
   * Spreads ranks over the entities; one to one where the factor divides nothing of their number.
   */
  private int scatter(int rank) {
    return (int) ((rank * 3_999_971L + 1_234_567) % spec.entities());
  }
}
