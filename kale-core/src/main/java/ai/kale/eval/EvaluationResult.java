package ai.kale.eval;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one run of one method scored: enough to compare methods question by question.
 *
 * <p>{@link EvaluationResults} reads and writes it, one line of JSON for each.
 *
 * <p>Both maps are in the natural order of their keys.
 *
 * @param method the method's name, not blank
 * @param seed the seed of its run
 * @param metrics metrics by name, finite numbers; {@link #ACCURACY} among them when an {@link
 *     Evaluator} made it
 * @param correct for each question id whether it was answered right, at least one
 */
public record EvaluationResult(
    String method,
    long seed,
    SortedMap<String, Double> metrics,
    SortedMap<String, Boolean> correct) {
  /** Name of the metric: share of questions answered right, in [0, 1]. */
  public static final String ACCURACY = "accuracy";

  /** Name of the metric: mean {@link TokenF1} over the questions, in [0, 1]. */
  public static final String F1 = "f1";

  /**
   * Copies the maps and checks them.
   *
   * @throws IllegalArgumentException if the method is blank, there is no question, one is neither
   *     right nor wrong, or a metric is not a finite number
   */
  public EvaluationResult {
    metrics = natural(metrics);
    correct = natural(correct);
    if (method.isBlank()) {
      throw new IllegalArgumentException("the method has no name");
    }
    if (correct.isEmpty()) {
      throw new IllegalArgumentException("the result of " + method + " has no question");
    }
    if (correct.containsValue(null)) {
      throw new IllegalArgumentException("a question of " + method + " is neither right nor wrong");
    }
    metrics.forEach(
        (name, value) -> {
          if (value == null || !Double.isFinite(value)) {
            throw new IllegalArgumentException("metric " + name + " is not finite: " + value);
          }
        });
  }

  /**
   * Makes a result whose {@link #ACCURACY} is the share of the questions answered right.
   *
   * @param method the method's name
   * @param seed the seed of its run
   * @param correct for each question id whether it was answered right
   * @return a result with one metric
   */
  public static EvaluationResult of(String method, long seed, Map<String, Boolean> correct) {
    return new EvaluationResult(
        method,
        seed,
        new TreeMap<>(Map.of(ACCURACY, Accuracy.of(correct.values()).value())),
        new TreeMap<>(correct));
  }

  /**
   * The same with one more metric.
   *
   * @param name its name; an earlier value is replaced
   * @param value a finite number
   * @return a new result
   */
  public EvaluationResult with(String name, double value) {
    SortedMap<String, Double> more = new TreeMap<>(metrics);
    more.put(name, value);
    return new EvaluationResult(method, seed, more, correct);
  }

  /**
   * One metric.
   *
   * @param name its name
   * @return its value
   * @throws IllegalArgumentException if there is no such metric; the message names those there are
   */
  public double metric(String name) {
    Double value = metrics.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          method + ", seed " + seed + ", has no metric " + name + " but " + metrics.keySet());
    }
    return value;
  }

  // A copy constructor would keep a foreign order, and with it other bytes in the JSON form.
  static <K extends Comparable<K>, V> SortedMap<K, V> natural(Map<K, V> map) {
    TreeMap<K, V> sorted = new TreeMap<>();
    map.forEach(sorted::put);
    return Collections.unmodifiableSortedMap(sorted);
  }
}
