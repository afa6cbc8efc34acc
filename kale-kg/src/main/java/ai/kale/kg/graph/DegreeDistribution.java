package ai.kale.kg.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;

/**
 * How many arcs the entities of a graph have. A percentile is the smallest degree that at least
 * this share of the entities does not exceed. All is 0 for a graph without entities.
 *
 * @param min the least
 * @param median that of the entity in the middle
 * @param mean arcs divided by entities
 * @param p90 that which 90 % of the entities do not exceed
 * @param p99 that which 99 % do not exceed
 * @param max the most
 * @param histogram entities with 0 arcs, 1, 2 to 3, 4 to 7, 8 to 15 and so on, up to the bucket of
 *     {@code max}; empty buckets between are there
 */
public record DegreeDistribution(
    int min, int median, double mean, int p90, int p99, int max, List<Bucket> histogram) {
  /**
   * Entities with about the same degree.
   *
   * @param from lowest degree in it
   * @param to highest degree in it
   * @param entities how many
   */
  public record Bucket(int from, int to, long entities) {}

  /** Copies the histogram. */
  public DegreeDistribution {
    histogram = List.copyOf(histogram);
  }

  /** Of the number of entities for each degree that there is. */
  static DegreeDistribution of(SortedMap<Integer, Long> counts) {
    if (counts.isEmpty()) {
      return new DegreeDistribution(0, 0, 0, 0, 0, 0, List.of());
    }
    long entities = 0;
    double arcs = 0;
    for (Map.Entry<Integer, Long> entry : counts.entrySet()) {
      entities += entry.getValue();
      arcs += (double) entry.getKey() * entry.getValue();
    }
    return new DegreeDistribution(
        counts.firstKey(),
        percentile(counts, entities, 50),
        arcs / entities,
        percentile(counts, entities, 90),
        percentile(counts, entities, 99),
        counts.lastKey(),
        histogram(counts));
  }

  private static int percentile(SortedMap<Integer, Long> counts, long entities, int percent) {
    long needed = (entities * percent + 99) / 100;
    long seen = 0;
    for (Map.Entry<Integer, Long> entry : counts.entrySet()) {
      seen += entry.getValue();
      if (seen >= needed) {
        return entry.getKey();
      }
    }
    return counts.lastKey();
  }

  private static List<Bucket> histogram(SortedMap<Integer, Long> counts) {
    List<Bucket> buckets = new ArrayList<>();
    for (int bits = 0; bits <= width(counts.lastKey()); bits++) {
      int from = bits == 0 ? 0 : 1 << (bits - 1);
      int to = bits == 0 ? 0 : (int) ((1L << bits) - 1);
      SortedMap<Integer, Long> upTo = to == Integer.MAX_VALUE ? counts : counts.headMap(to + 1);
      long entities = upTo.tailMap(from).values().stream().mapToLong(Long::longValue).sum();
      buckets.add(new Bucket(from, to, entities));
    }
    return buckets;
  }

  private static int width(int degree) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(degree);
  }

  /** One line for people. */
  public String describe() {
    return String.format(
        Locale.ROOT,
        "min %d, median %d, mean %.1f, p90 %d, p99 %d, max %d",
        min,
        median,
        mean,
        p90,
        p99,
        max);
  }
}
