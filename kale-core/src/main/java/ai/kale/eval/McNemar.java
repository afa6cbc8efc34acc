package ai.kale.eval;

import ai.kale.error.InvalidInputException;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * McNemar's exact test: do two models answer equally many of the same questions right?
 *
 * <p>Only questions where they differ tell anything. With {@code b} right by the first alone,
 * {@code c} by the second alone and {@code X ~ Binomial(b + c, 1/2)}, the two-sided {@code p =
 * min(1, 2 · P(X ≤ min(b, c)))}; 1 if they never differ.
 *
 * <p>It speaks about other questions for these two trained models, not about other seeds. Tests of
 * several seeds share their questions: they are not independent, do not multiply their p-values.
 *
 * @param onlyFirst questions that only the first answers right
 * @param onlySecond questions that only the second answers right
 * @param pValue in (0, 1]; exact up to rounding, 0 when below the smallest double
 * @see <a href="https://doi.org/10.1007/BF02295996">McNemar 1947</a>
 */
public record McNemar(int onlyFirst, int onlySecond, double pValue) {
  /**
   * Tests two counts.
   *
   * @param onlyFirst questions that only the first answers right, at least 0
   * @param onlySecond questions that only the second answers right, at least 0
   * @return the test
   * @throws IllegalArgumentException if a count is negative
   */
  public static McNemar exact(int onlyFirst, int onlySecond) {
    if (onlyFirst < 0 || onlySecond < 0) {
      throw new IllegalArgumentException("negative count: " + onlyFirst + ", " + onlySecond);
    }
    int n = Math.addExact(onlyFirst, onlySecond);
    int k = Math.min(onlyFirst, onlySecond);
    double p = n == 0 ? 1 : 2 * BinomialDistribution.of(n, 0.5).cumulativeProbability(k);
    return new McNemar(onlyFirst, onlySecond, Math.min(1, p));
  }

  /**
   * Tests two results.
   *
   * @param first one model
   * @param second another, on the same questions
   * @return the test
   * @throws InvalidInputException if the questions are not the same
   */
  public static McNemar of(EvaluationResult first, EvaluationResult second) {
    checkSameQuestions(first, second);
    int[] only = new int[2];
    first
        .correct()
        .forEach(
            (id, right) -> {
              if (!right.equals(second.correct().get(id))) {
                only[right ? 0 : 1]++;
              }
            });
    return exact(only[0], only[1]);
  }

  static void checkSameQuestions(EvaluationResult first, EvaluationResult second) {
    if (!first.correct().keySet().equals(second.correct().keySet())) {
      throw new InvalidInputException(
          first.method()
              + " and "
              + second.method()
              + " were not evaluated on the same questions; evaluate both on the same set");
    }
  }
}
