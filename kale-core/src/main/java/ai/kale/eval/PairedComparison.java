package ai.kale.eval;

import ai.kale.error.InvalidInputException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Two methods over the same seeds: for each seed the difference of a metric, then the mean of these
 * differences with Student's t interval ({@link MeanInterval}). Pairing by seed takes out what the
 * seed does to both methods.
 *
 * <p>One comparison at a time: with many metrics or methods, some intervals miss zero by chance.
 *
 * @param method the method's name
 * @param control the name of what it is compared with
 * @param metric the metric's name
 * @param differences by seed: method less control
 * @param interval mean, standard deviation and interval of the differences
 * @param verdict what may be said
 */
public record PairedComparison(
    String method,
    String control,
    String metric,
    SortedMap<Long, Double> differences,
    MeanInterval interval,
    Verdict verdict) {
  /** What may be said of method against control. */
  public enum Verdict {
    /** The whole interval is on the good side of zero. */
    BETTER,
    /** The whole interval is on the bad side of zero. */
    WORSE,
    /** The interval contains zero: no difference was shown, which does not show that none is. */
    TIE,
    /** Fewer than two seeds: there is no interval. */
    NOT_ENOUGH_SEEDS
  }

  /** Which way a metric is good. */
  public enum Good {
    /** Such as accuracy. */
    HIGHER,
    /** Such as the known &amp; incorrect rate or a negative log-likelihood. */
    LOWER
  }

  /** Copies the differences. */
  public PairedComparison {
    differences = EvaluationResult.natural(differences);
  }

  /**
   * Compares accuracy, with 95 % confidence.
   *
   * @param method results of one method, one for each seed
   * @param control results of another, of the same seeds
   * @return the comparison
   * @throws InvalidInputException as the general form
   */
  public static PairedComparison ofAccuracy(
      List<EvaluationResult> method, List<EvaluationResult> control) {
    return of(method, control, EvaluationResult.ACCURACY, Good.HIGHER, 0.95);
  }

  /**
   * Compares any metric.
   *
   * @param method results of one method, one for each seed
   * @param control results of another, of the same seeds
   * @param metric a metric of every result
   * @param good which way it is good
   * @param confidence in (0, 1), usually 0.95
   * @return the comparison
   * @throws InvalidInputException if there is no result, a side holds two methods or a seed twice,
   *     the seeds differ, or the two results of a seed have different questions
   * @throws IllegalArgumentException if a result lacks the metric or the confidence is out of range
   */
  public static PairedComparison of(
      List<EvaluationResult> method,
      List<EvaluationResult> control,
      String metric,
      Good good,
      double confidence) {
    SortedMap<Long, Double> differences = new TreeMap<>();
    pairs(method, control)
        .forEach(
            (seed, pair) ->
                differences.put(
                    seed, pair.method().metric(metric) - pair.control().metric(metric)));
    MeanInterval interval = MeanInterval.of(differences.values(), confidence);
    return new PairedComparison(
        method.get(0).method(),
        control.get(0).method(),
        metric,
        differences,
        interval,
        verdict(interval, good));
  }

  /**
   * McNemar's exact test for each seed, method first.
   *
   * @param method results of one method, one for each seed
   * @param control results of another, of the same seeds
   * @return tests by seed
   * @throws InvalidInputException as {@link #of}
   */
  public static SortedMap<Long, McNemar> perSeed(
      List<EvaluationResult> method, List<EvaluationResult> control) {
    SortedMap<Long, McNemar> tests = new TreeMap<>();
    pairs(method, control)
        .forEach((seed, pair) -> tests.put(seed, McNemar.of(pair.method(), pair.control())));
    return Collections.unmodifiableSortedMap(tests);
  }

  /** Number of seeds. */
  public int seeds() {
    return differences.size();
  }

  private static Verdict verdict(MeanInterval interval, Good good) {
    if (interval.n() < 2) {
      return Verdict.NOT_ENOUGH_SEEDS;
    }
    if (interval.contains(0)) {
      return Verdict.TIE;
    }
    return (interval.low() > 0) == (good == Good.HIGHER) ? Verdict.BETTER : Verdict.WORSE;
  }

  private record Pair(EvaluationResult method, EvaluationResult control) {}

  private static SortedMap<Long, Pair> pairs(
      List<EvaluationResult> method, List<EvaluationResult> control) {
    Map<Long, EvaluationResult> right = bySeed(control);
    Map<Long, EvaluationResult> left = bySeed(method);
    SortedMap<Long, Pair> pairs = new TreeMap<>();
    left.forEach(
        (seed, result) -> {
          EvaluationResult other = right.get(seed);
          if (other != null) {
            McNemar.checkSameQuestions(result, other);
            pairs.put(seed, new Pair(result, other));
          }
        });
    if (pairs.size() != left.size() || pairs.size() != right.size()) {
      throw new InvalidInputException(
          "seeds differ: " + left.keySet() + " against " + right.keySet() + "; pair every run");
    }
    return pairs;
  }

  private static Map<Long, EvaluationResult> bySeed(List<EvaluationResult> results) {
    if (results.isEmpty()) {
      throw new InvalidInputException("no result to compare");
    }
    Map<Long, EvaluationResult> bySeed = new TreeMap<>();
    for (EvaluationResult result : results) {
      if (!result.method().equals(results.get(0).method())) {
        throw new InvalidInputException(
            "one side mixes " + results.get(0).method() + " and " + result.method());
      }
      if (bySeed.put(result.seed(), result) != null) {
        throw new InvalidInputException(result.method() + " has seed " + result.seed() + " twice");
      }
    }
    return bySeed;
  }
}
