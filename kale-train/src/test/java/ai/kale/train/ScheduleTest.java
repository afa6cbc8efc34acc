package ai.kale.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.kale.spi.tensor.AdamW;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final Schedule COSINE = Schedule.of(100, 2e-3, 1).withWarmup(10);

  private static double[] rates(Schedule schedule) {
    double[] rates = new double[schedule.steps() + 1];
    for (int step = 0; step < rates.length; step++) {
      rates[step] = schedule.learningRate(step);
    }
    return rates;
  }

  @Test
  void everyShapeWarmsUpAndEndsAtItsFraction() {
    for (Schedule.Shape shape : Schedule.Shape.values()) {
      double[] rates = rates(COSINE.withShape(shape, 0.25));
      for (int step = 1; step < 9; step++) {
        assertThat(rates[step]).isGreaterThan(rates[step - 1]);
      }
      for (int step = 10; step <= 100; step++) {
        assertThat(rates[step]).isLessThanOrEqualTo(rates[step - 1]);
      }
      double end = shape == Schedule.Shape.CONSTANT ? 2e-3 : 5e-4;
      assertThat(rates[100]).isCloseTo(end, within(1e-12));
    }
  }

  @Test
  void ratesHaveTheirFormulas() {
    double[] linear = rates(COSINE.withShape(Schedule.Shape.LINEAR, 0));
    assertThat(linear[0]).isCloseTo(2e-4, within(1e-15));
    assertThat(linear[4]).isCloseTo(2e-3 * 0.5 * 0.96, within(1e-15));
    assertThat(linear[50]).isCloseTo(1e-3, within(1e-15));
    assertThat(linear[100]).isZero();
    double[] cosine = rates(COSINE.withShape(Schedule.Shape.COSINE, 0));
    assertThat(cosine[50]).isCloseTo(1e-3, within(1e-15));
    assertThat(cosine[75]).isCloseTo(2e-3 * 0.5 * (1 - Math.sqrt(0.5)), within(1e-15));
    double[] constant = rates(COSINE.withShape(Schedule.Shape.CONSTANT, 0.1).withWarmup(0));
    assertThat(constant).containsOnly(2e-3);
  }

  @Test
  void anythingChangedMakesAnotherSchedule() {
    AdamW clipped = new AdamW(0, 0.9, 0.95, 1e-8, 0, 0.5);
    assertThat(COSINE.withAdamW(clipped).adamW()).isEqualTo(clipped);
    assertThat(COSINE.withShape(Schedule.Shape.LINEAR, 0.1)).isNotEqualTo(COSINE);
    assertThat(COSINE.withSeed(2)).isNotEqualTo(COSINE);
    assertThat(COSINE.withWarmup(10)).isEqualTo(COSINE);
    assertThatThrownBy(() -> COSINE.withWarmup(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> COSINE.withShape(Schedule.Shape.LINEAR, 1.5))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
