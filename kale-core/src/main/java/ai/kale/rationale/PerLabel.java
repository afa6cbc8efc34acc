package ai.kale.rationale;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/**
 * Keeps what was made of a relation's label: a graph has few relations, and says each many times.
 * The first 4,096 short labels are kept, so hostile ones cannot fill the memory.
 */
final class PerLabel<T> {
  private static final int MOST = 4096;
  private static final int LONGEST = 200;

  private final ConcurrentMap<String, T> known = new ConcurrentHashMap<>();
  private final Function<String, T> make;

  /**
   * @param make depends on the label only
   */
  PerLabel(Function<String, T> make) {
    this.make = make;
  }

  T get(String label) {
    T value = known.get(label);
    if (value == null) {
      value = make.apply(label);
      if (known.size() < MOST && label.length() <= LONGEST) {
        known.put(label, value);
      }
    }
    return value;
  }

  int size() {
    return known.size();
  }
}
