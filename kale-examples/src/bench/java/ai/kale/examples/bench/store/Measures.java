package ai.kale.examples.bench.store;

import java.util.EnumMap;
import java.util.Map;

/** Collects what a contender measures of itself. */
public final class Measures {
  private final Map<Metric, Double> values = new EnumMap<>(Metric.class);

  void put(Metric metric, double value) {
    values.put(metric, value);
  }

  void put(Metric metric, long value) {
    put(metric, (double) value);
  }

  /** What was measured so far. */
  public Map<Metric, Double> values() {
    return values;
  }
}
