package ai.kale.dataset;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How whole numbers spread.
 *
 * @param count how many there are
 * @param min the smallest; 0 where there are none
 * @param median the lower of the two in the middle; 0 where there are none
 * @param max the largest; 0 where there are none
 * @param mean their mean; 0 where there are none
 */
public record Spread(long count, long min, long median, long max, double mean) {
  /** Counts numbers; as much memory as there are different ones. */
  static final class Tally {
    private final TreeMap<Long, Long> counts = new TreeMap<>();

    void add(long number) {
      counts.merge(number, 1L, Long::sum);
    }

    Spread spread() {
      if (counts.isEmpty()) {
        return new Spread(0, 0, 0, 0, 0);
      }
      long count = counts.values().stream().mapToLong(Long::longValue).sum();
      double sum = 0;
      for (Map.Entry<Long, Long> each : counts.entrySet()) {
        sum += (double) each.getKey() * each.getValue();
      }
      long before = 0;
      long median = counts.firstKey();
      for (Map.Entry<Long, Long> each : counts.entrySet()) {
        before += each.getValue();
        if (before * 2 >= count) {
          median = each.getKey();
          break;
        }
      }
      return new Spread(count, counts.firstKey(), median, counts.lastKey(), sum / count);
    }
  }

  /** For example {@code 1 to 44, median 2, mean 2.13}; {@code none} where there are none. */
  public String describe() {
    return count == 0
        ? "none"
        : String.format(Locale.ROOT, "%d to %d, median %d, mean %.2f", min, max, median, mean);
  }
}
