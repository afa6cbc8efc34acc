package ai.kale.examples.bench.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PercentilesTest {
  @Test
  void theMedianIsTheMiddleOrBetweenTheTwoInTheMiddle() {
    assertThat(new Percentiles(new double[] {9, 1, 2}).median()).isEqualTo(2);
    assertThat(new Percentiles(new double[] {9, 1, 2, 4}).median()).isEqualTo(3);
  }

  @Test
  void aShareIsReachedByTheSmallestValueThatCoversIt() {
    double[] values = IntStream.rangeClosed(1, 200).mapToDouble(i -> 201 - i).toArray();
    Percentiles percentiles = new Percentiles(values);

    assertThat(percentiles.at(0.99)).isEqualTo(198);
    assertThat(percentiles.at(1)).isEqualTo(200);
    assertThat(percentiles.at(0.001)).isEqualTo(1);
    assertThat(percentiles.mean()).isEqualTo(100.5);
    assertThat(new Percentiles(new double[] {7}).at(0.99)).isEqualTo(7);
  }

  @Test
  void nothingHasNoMiddle() {
    assertThatThrownBy(() -> new Percentiles(new double[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
