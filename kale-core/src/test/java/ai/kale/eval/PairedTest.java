package ai.kale.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.kale.error.InvalidInputException;
import ai.kale.eval.PairedComparison.Good;
import ai.kale.eval.PairedComparison.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PairedTest {
  private static EvaluationResult run(String method, long seed, double metric) {
    return EvaluationResult.of(method, seed, Map.of("q", true)).with("m", metric);
  }

  private static List<EvaluationResult> runs(String method, double... metrics) {
    List<EvaluationResult> runs = new ArrayList<>();
    for (double metric : metrics) {
      runs.add(run(method, runs.size(), metric));
    }
    return runs;
  }

  private static PairedComparison compare(
      List<EvaluationResult> a, List<EvaluationResult> b, Good good) {
    return PairedComparison.of(a, b, "m", good, 0.95);
  }

  @Test
  void comparesSeedBySeed() {
    // Differences .1, .2, .3: mean .2, sd .1, half width 4.3027 · .1 / √3 = .2484.
    PairedComparison tie = compare(runs("a", 0.5, 0.7, 0.9), runs("b", 0.4, 0.5, 0.6), Good.HIGHER);
    assertThat(tie.seeds()).isEqualTo(3);
    assertThat(tie.interval().mean()).isCloseTo(0.2, within(1e-12));
    assertThat(tie.interval().sd()).isCloseTo(0.1, within(1e-12));
    assertThat(tie.interval().low()).isCloseTo(-0.0484, within(1e-4));
    assertThat(tie.verdict()).isEqualTo(Verdict.TIE);
    assertThat(tie.method()).isEqualTo("a");
    assertThat(tie.control()).isEqualTo("b");
  }

  @Test
  void pairsBySeedAndNotByPosition() {
    List<EvaluationResult> a = List.of(run("a", 1, 0.1), run("a", 2, 0.9));
    List<EvaluationResult> b = List.of(run("b", 2, 0.9), run("b", 1, 0.1));
    assertThat(compare(a, b, Good.HIGHER).interval().sd()).isZero();
  }

  @Test
  void verdictFollowsTheInterval() {
    List<EvaluationResult> high = runs("a", 0.80, 0.81, 0.79);
    List<EvaluationResult> low = runs("b", 0.50, 0.50, 0.50);
    assertThat(compare(high, low, Good.HIGHER).verdict()).isEqualTo(Verdict.BETTER);
    assertThat(compare(low, high, Good.HIGHER).verdict()).isEqualTo(Verdict.WORSE);
    assertThat(compare(low, high, Good.LOWER).verdict()).isEqualTo(Verdict.BETTER);
    assertThat(compare(low, low, Good.HIGHER).verdict()).isEqualTo(Verdict.TIE);
    assertThat(compare(runs("a", 0.9), runs("b", 0.1), Good.HIGHER).verdict())
        .isEqualTo(Verdict.NOT_ENOUGH_SEEDS);
    assertThat(PairedComparison.ofAccuracy(high, low).verdict()).isEqualTo(Verdict.TIE);
  }

  @Test
  void refusesWhatIsNotPaired() {
    List<EvaluationResult> two = runs("a", 1, 2);
    assertThatThrownBy(() -> compare(two, runs("b", 1), Good.HIGHER))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("[0, 1] against [0]");
    assertThatThrownBy(() -> compare(List.of(), two, Good.HIGHER))
        .isInstanceOf(InvalidInputException.class);
    List<EvaluationResult> twice = List.of(run("a", 1, 1), run("a", 1, 2));
    assertThatThrownBy(() -> compare(twice, two, Good.HIGHER))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("twice");
    List<EvaluationResult> mixed = List.of(run("a", 0, 1), run("b", 1, 2));
    assertThatThrownBy(() -> compare(two, mixed, Good.HIGHER))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("mixes");
    List<EvaluationResult> other =
        List.of(EvaluationResult.of("b", 0, Map.of("else", true)), run("b", 1, 2));
    assertThatThrownBy(() -> compare(two, other, Good.HIGHER))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("same questions");
    assertThatThrownBy(() -> PairedComparison.of(two, two, "none", Good.HIGHER, 0.95))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void testsEachSeed() {
    EvaluationResult a = EvaluationResult.of("a", 4, Map.of("1", true, "2", true));
    EvaluationResult b = EvaluationResult.of("b", 4, Map.of("1", false, "2", true));
    assertThat(PairedComparison.perSeed(List.of(a), List.of(b)))
        .containsExactlyEntriesOf(Map.of(4L, McNemar.exact(1, 0)));
  }

  @Test
  void bootstrapComesCloseToTheNormalInterval() {
    // 400 questions, 80 gained and 40 lost: difference .1, standard error
    // √((120/400 − .1²) / 400) = .02693, so the interval is about .1 ± .0528.
    Map<String, Boolean> first = new TreeMap<>();
    Map<String, Boolean> second = new TreeMap<>();
    for (int i = 0; i < 400; i++) {
      first.put("q" + i, i < 80 || i >= 120);
      second.put("q" + i, i >= 80);
    }
    EvaluationResult a = EvaluationResult.of("a", 1, first);
    EvaluationResult b = EvaluationResult.of("b", 1, second);
    PairedBootstrap interval = PairedBootstrap.of(a, b, 0.95, 5000, 7);
    assertThat(interval.difference()).isCloseTo(0.1, within(1e-12));
    assertThat(interval.low()).isCloseTo(0.0472, within(0.005));
    assertThat(interval.high()).isCloseTo(0.1528, within(0.005));
    assertThat(PairedBootstrap.of(a, b, 0.95, 5000, 7)).isEqualTo(interval);
    assertThat(PairedBootstrap.of(a, b, 0.95, 5000, 8).seed()).isEqualTo(8);
    PairedBootstrap none = PairedBootstrap.of(a, a, 0.95, 10, 7);
    assertThat(none.low()).isZero();
    assertThat(none.high()).isZero();
    assertThatThrownBy(() -> PairedBootstrap.of(a, b, 0.95, 0, 7))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PairedBootstrap.of(a, b, 0, 10, 7))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PairedBootstrap.of(a, run("b", 1, 1), 0.95, 10, 7))
        .isInstanceOf(InvalidInputException.class);
  }
}
