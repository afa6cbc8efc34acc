package ai.kale.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.kale.error.InvalidInputException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatisticsTest {
  @ParameterizedTest
  @CsvSource({
    // Printed t tables, two-sided.
    "1, 0.95, 12.7062", "2, 0.95, 4.3027", "4, 0.95, 2.7764", "5, 0.95, 2.5706",
    "9, 0.95, 2.2622", "30, 0.95, 2.0423", "1, 0.90, 6.3138", "5, 0.99, 4.0321",
  })
  void hasTheQuantilesOfThePrintedTable(int df, double confidence, double t) {
    assertThat(MeanInterval.quantile(df, confidence)).isCloseTo(t, within(5e-5));
  }

  @Test
  void reproducesStudentsSleepData() {
    // Student 1908, additional hours of sleep; R's t.test gives 0.7001142 to 2.4598858.
    List<Double> hours = List.of(1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4);
    MeanInterval interval = MeanInterval.of(hours, 0.95);
    assertThat(interval.mean()).isCloseTo(1.58, within(1e-12));
    assertThat(interval.sd()).isCloseTo(1.229995, within(1e-6));
    assertThat(interval.low()).isCloseTo(0.7001142, within(1e-6));
    assertThat(interval.high()).isCloseTo(2.4598858, within(1e-6));
  }

  @Test
  void twoRunsByHand() {
    // sd = 0.2 / √2, half width = 12.7062 · 0.1.
    MeanInterval interval = MeanInterval.of(List.of(0.6, 0.4), 0.95);
    assertThat(interval.mean()).isCloseTo(0.5, within(1e-12));
    assertThat(interval.high() - interval.mean()).isCloseTo(1.27062, within(1e-5));
  }

  @Test
  void oneRunHasNoInterval() {
    MeanInterval interval = MeanInterval.of(List.of(0.4), 0.95);
    assertThat(interval.n()).isEqualTo(1);
    assertThat(interval.mean()).isEqualTo(0.4);
    assertThat(interval.sd()).isNaN();
    assertThat(interval.contains(-1e9)).isTrue();
  }

  @Test
  void refusesWhatHasNoMean() {
    assertThatThrownBy(() -> MeanInterval.of(List.of(), 0.95))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> MeanInterval.of(List.of(Double.NaN, 1.0), 0.95))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> MeanInterval.of(List.of(1.0), 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> MeanInterval.of(List.of(1.0), Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    // By hand: 2 · Σ_{i ≤ min} C(n, i) / 2^n.
    "0, 0, 1",
    "0, 1, 1",
    "3, 3, 1",
    "0, 6, 0.03125", // 2 / 64
    "9, 1, 0.021484375", // 2 · (1 + 10) / 1024
    "11, 1, 0.00634765625", // 2 · (1 + 12) / 4096
    "5, 15, 0.04138946533203125", // 2 · 21700 / 1048576
  })
  void mcNemarIsExact(int first, int second, double p) {
    assertThat(McNemar.exact(first, second).pValue()).isCloseTo(p, within(1e-12));
  }

  @Test
  void mcNemarAgreesWithABinomialSumOnLargeCounts() {
    // 2 · P(X ≤ 59), X ~ Binomial(180, 1/2), summed term by term.
    double term = Math.pow(0.5, 180);
    double sum = term;
    for (int i = 1; i <= 59; i++) {
      term *= (181.0 - i) / i;
      sum += term;
    }
    McNemar test = McNemar.exact(121, 59);
    assertThat(test.pValue() / (2 * sum)).isCloseTo(1, within(1e-9));
    assertThat(test.pValue()).isCloseTo(4.434e-6, within(5e-10));
    assertThat(McNemar.exact(100_000, 0).pValue()).isBetween(0.0, 1e-300);
  }

  @Test
  void mcNemarCountsQuestionsThatDiffer() {
    EvaluationResult first =
        EvaluationResult.of("a", 1, Map.of("1", true, "2", true, "3", false, "4", true));
    EvaluationResult second =
        EvaluationResult.of("b", 1, Map.of("1", true, "2", false, "3", true, "4", false));
    assertThat(McNemar.of(first, second)).isEqualTo(McNemar.exact(2, 1));
    EvaluationResult other = EvaluationResult.of("c", 1, Map.of("1", true));
    assertThatThrownBy(() -> McNemar.of(first, other))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("same questions");
    assertThatThrownBy(() -> McNemar.exact(-1, 2)).isInstanceOf(IllegalArgumentException.class);
  }
}
