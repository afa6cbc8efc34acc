package ai.kale.export;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts texts; of many different ones it keeps the first, so that memory is bounded. */
final class Counts {
  private static final int KEPT = 1000;

  private final Map<String, Long> counts = new TreeMap<>();
  private long others;

  void add(String text) {
    if (counts.containsKey(text) || counts.size() < KEPT) {
      counts.merge(text, 1L, Long::sum);
    } else {
      others++;
    }
  }

  long of(String text) {
    return counts.getOrDefault(text, 0L);
  }

  /** "a (3), b (1)", the most frequent first, at most eight; of one text only, the text. */
  String describe(long rows) {
    if (counts.size() == 1 && counts.containsValue(rows)) {
      return DatasetCard.code(counts.keySet().iterator().next());
    }
    List<Map.Entry<String, Long>> order = new ArrayList<>(counts.entrySet());
    order.sort(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()));
    List<String> parts = new ArrayList<>();
    long rest = others;
    for (Map.Entry<String, Long> entry : order) {
      if (parts.size() < 8) {
        parts.add(DatasetCard.code(entry.getKey()) + " (" + entry.getValue() + ")");
      } else {
        rest += entry.getValue();
      }
    }
    return String.join(", ", parts) + (rest > 0 ? ", others (" + rest + ")" : "");
  }
}
