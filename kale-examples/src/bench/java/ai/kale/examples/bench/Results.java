package ai.kale.examples.bench;

import ai.kale.examples.bench.store.Contender;
import ai.kale.examples.bench.store.Metric;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Medians over rounds, and of ratios within rounds. */
final class Results {
  private final List<Outcome> outcomes;

  Results(List<Outcome> outcomes) {
    this.outcomes = List.copyOf(outcomes);
  }

  /** Who took part, in order. */
  List<Contender> contenders() {
    return outcomes.stream().map(Outcome::contender).distinct().sorted().toList();
  }

  /** The failures of a contender, with the round of each. */
  List<String> failures(Contender contender) {
    return outcomes.stream()
        .filter(o -> o.contender() == contender && o.failed())
        .map(o -> "round " + o.round() + ": " + o.failure())
        .toList();
  }

  /** The median over the rounds that have it. */
  OptionalDouble median(Contender contender, Metric metric) {
    return median(
        outcomes.stream()
            .filter(o -> o.contender() == contender)
            .map(o -> value(o, metric))
            .flatMap(Optional::stream)
            .toList());
  }

  /** The median over rounds of one contender's value divided by another's of the same round. */
  OptionalDouble ratio(Contender of, Contender to, Metric metric) {
    return ratio(of, metric, to, metric);
  }

  /** The same, of two different measurements. */
  OptionalDouble ratio(Contender of, Metric metric, Contender to, Metric toMetric) {
    return median(
        outcomes.stream()
            .filter(o -> o.contender() == of)
            .map(o -> ratio(o, metric, to, toMetric))
            .flatMap(Optional::stream)
            .toList());
  }

  private Optional<Double> ratio(Outcome one, Metric metric, Contender other, Metric otherMetric) {
    return outcomes.stream()
        .filter(o -> o.contender() == other && o.round() == one.round())
        .findFirst()
        .flatMap(o -> value(o, otherMetric))
        .flatMap(b -> value(one, metric).map(a -> a / b));
  }

  /** Whether all that have a value have the same. */
  boolean agree(Metric metric) {
    return outcomes.stream().map(o -> value(o, metric)).flatMap(Optional::stream).distinct().count()
        <= 1;
  }

  private static Optional<Double> value(Outcome outcome, Metric metric) {
    return Optional.ofNullable(outcome.values().get(metric));
  }

  private static OptionalDouble median(List<Double> values) {
    if (values.isEmpty()) {
      return OptionalDouble.empty();
    }
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return OptionalDouble.of((sorted[sorted.length / 2] + sorted[(sorted.length - 1) / 2]) / 2);
  }
}
