package ai.kale.examples.bench;

import ai.kale.examples.bench.store.Contender;
import ai.kale.examples.bench.store.Metric;
import java.util.Map;

/**
 * How one run of one contender ended.
 *
 * @param contender who
 * @param round from 1 on
 * @param values what it measured
 * @param failure why there is nothing more; empty where all went well
 */
record Outcome(Contender contender, int round, Map<Metric, Double> values, String failure) {
  Outcome {
    values = Map.copyOf(values);
  }

  boolean failed() {
    return !failure.isEmpty();
  }
}
