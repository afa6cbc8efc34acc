package ai.kale.train.metrics;

import ai.kale.train.StepReport;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/** Reports of steps that were never made. */
final class Reports {
  private Reports() {}

  static StepReport report(int step) {
    Map<String, Double> losses = new LinkedHashMap<>();
    losses.put("forward-kl", 0.75 / step);
    losses.put("bridge-lens@2", 0.25 / step);
    return new StepReport(
        step, "questions", losses, OptionalDouble.of(1.5 / step), 3.5, 1e-3, 640, 2, 123_456_789L);
  }
}
