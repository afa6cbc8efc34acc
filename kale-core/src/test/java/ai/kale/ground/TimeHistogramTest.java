package ai.kale.ground;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class TimeHistogramTest {
  @Provide
  Arbitrary<List<Long>> times() {
    Arbitrary<Long> any = Arbitraries.longs().between(0, Long.MAX_VALUE / 2);
    Arbitrary<Long> small = Arbitraries.longs().between(0, 100);
    return Arbitraries.oneOf(any, small).list().ofMinSize(1).ofMaxSize(30);
  }

  @Property(tries = 500)
  void aQuantileIsAtMostASixteenthAboveTheExactOne(
      @ForAll("times") List<Long> times, @ForAll @DoubleRange(min = 0, max = 1) double share) {
    TimeHistogram histogram = new TimeHistogram();
    times.forEach(histogram::add);
    List<Long> sorted = times.stream().sorted().toList();
    long exact = sorted.get((int) Math.max(1, Math.ceil(share * times.size())) - 1);
    assertThat(histogram.quantile(share)).isBetween(exact, exact + exact / 16);
    assertThat(histogram.quantile(1)).isEqualTo(histogram.max());
    assertThat(histogram.max()).isEqualTo(sorted.get(sorted.size() - 1));
  }

  @Test
  void noTimesAreZero() {
    SearchTimes none = SearchTimes.of(new TimeHistogram());
    assertThat(none)
        .isEqualTo(new SearchTimes(0, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO));
    TimeHistogram one = new TimeHistogram();
    one.add(1_500_000);
    TimeHistogram longest = new TimeHistogram();
    longest.add(Long.MAX_VALUE);
    assertThat(longest.quantile(0.5)).isEqualTo(Long.MAX_VALUE);
    assertThat(SearchTimes.of(one).describe())
        .isEqualTo(
            "1 searches; ms a question: median 1.500, 90 % 1.500, 99 % 1.500, at most 1.500");
  }
}
