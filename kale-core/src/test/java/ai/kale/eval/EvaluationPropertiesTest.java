package ai.kale.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.kale.data.Question;
import ai.kale.run.RunContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class EvaluationPropertiesTest {
  private static final String SEED = "20261122";

  @Property(tries = 300, seed = SEED)
  void normalizingTwiceIsNormalizingOnce(@ForAll @StringLength(max = 20) String text) {
    AnswerNormalizer squad = AnswerNormalizer.squad();
    String once = squad.normalize(text);
    assertThat(squad.normalize(once)).isEqualTo(once);
    assertThat(ExactMatch.squad().matches(text, text)).isTrue();
  }

  @Property(tries = 200, seed = SEED)
  void f1IsSymmetricAndWithinBounds(
      @ForAll @StringLength(max = 12) String a, @ForAll @StringLength(max = 12) String b) {
    double f1 = TokenF1.squad().score(a, b);
    assertThat(f1).isBetween(0.0, 1.0).isEqualTo(TokenF1.squad().score(b, a));
    assertThat(TokenF1.squad().score(a, a)).isEqualTo(1);
  }

  @Property(tries = 100, seed = SEED)
  void accuracyIsWithinBoundsWhateverTheOrder(
      @ForAll @Size(min = 1, max = 40) List<Boolean> correct, @ForAll Random random) {
    List<Boolean> shuffled = new ArrayList<>(correct);
    Collections.shuffle(shuffled, random);
    assertThat(Accuracy.of(shuffled)).isEqualTo(Accuracy.of(correct));
    assertThat(Accuracy.of(correct).value()).isBetween(0.0, 1.0);
  }

  @Property(tries = 50, seed = SEED)
  void evaluatingDoesNotDependOnTheOrder(
      @ForAll @Size(min = 1, max = 12) List<@IntRange(max = 3) Integer> said,
      @ForAll @IntRange(min = 1, max = 5) int batch,
      @ForAll Random random) {
    List<Question> questions = new ArrayList<>();
    Map<String, String> answers = new TreeMap<>();
    for (int i = 0; i < said.size(); i++) {
      questions.add(Question.of("q" + i, "text " + i, List.of("1 2 3", "2")));
      answers.put("text " + i, "1 ".repeat(said.get(i)) + said.get(i));
    }
    EvaluationResult plain = evaluate(questions, answers, 100);
    Collections.shuffle(questions, random);
    assertThat(evaluate(questions, answers, batch)).isEqualTo(plain);
    assertThat(EvaluationResults.fromJson(EvaluationResults.toJson(plain))).isEqualTo(plain);
  }

  private static EvaluationResult evaluate(
      List<Question> questions, Map<String, String> answers, int batch) {
    EvaluationSettings settings = EvaluationSettings.defaults().withBatchSize(batch);
    return new Evaluator(FakeModel.answering(answers), Question::text, settings)
        .evaluate("m", 1, questions, RunContext.silent());
  }

  @Property(tries = 100, seed = SEED)
  void intervalsShrinkWithConfidenceAndRuns(
      @ForAll @Size(min = 2, max = 8) List<@DoubleRange(min = -1, max = 1) Double> values) {
    MeanInterval wide = MeanInterval.of(values, 0.99);
    MeanInterval narrow = MeanInterval.of(values, 0.9);
    List<Double> doubled = new ArrayList<>(values);
    doubled.addAll(values);
    MeanInterval more = MeanInterval.of(doubled, 0.99);
    assertThat(width(narrow)).isLessThanOrEqualTo(width(wide));
    assertThat(width(more)).isLessThanOrEqualTo(width(wide) + 1e-12);
    assertThat(more.mean()).isCloseTo(wide.mean(), within(1e-12));
    assertThat(wide.contains(wide.mean())).isTrue();
  }

  private static double width(MeanInterval interval) {
    return interval.high() - interval.low();
  }

  @Property(tries = 100, seed = SEED)
  void swappingMethodAndControlMirrorsTheInterval(
      @ForAll @Size(min = 1, max = 6) List<@DoubleRange(min = 0, max = 1) Double> values,
      @ForAll Random random) {
    List<EvaluationResult> a = new ArrayList<>();
    List<EvaluationResult> b = new ArrayList<>();
    for (double value : values) {
      a.add(EvaluationResult.of("a", a.size(), Map.of("q", true)).with("accuracy", value));
      b.add(EvaluationResult.of("b", b.size(), Map.of("q", true)).with("accuracy", 0.5));
    }
    PairedComparison there = PairedComparison.ofAccuracy(a, b);
    PairedComparison back = PairedComparison.ofAccuracy(b, a);
    assertThat(back.interval().mean()).isCloseTo(-there.interval().mean(), within(1e-12));
    assertThat(width(back.interval()))
        .satisfiesAnyOf(
            w -> assertThat(w).isInfinite(),
            w -> assertThat(w).isCloseTo(width(there.interval()), within(1e-12)));
    Collections.shuffle(a, random);
    assertThat(PairedComparison.ofAccuracy(a, b)).isEqualTo(there);
  }

  @Property(tries = 100, seed = SEED)
  void mcNemarIsSymmetricAndAProbability(
      @ForAll @IntRange(max = 300) int b, @ForAll @IntRange(max = 300) int c) {
    double p = McNemar.exact(b, c).pValue();
    assertThat(p).isGreaterThan(0).isLessThanOrEqualTo(1).isEqualTo(McNemar.exact(c, b).pValue());
    if (b > c) {
      assertThat(McNemar.exact(b + 1, c).pValue()).isLessThanOrEqualTo(p + 1e-12);
    }
  }

  @Property(tries = 50, seed = SEED)
  void bootstrapStaysWithinBounds(
      @ForAll @Size(min = 1, max = 30) List<Boolean> first, @ForAll long seed) {
    Map<String, Boolean> right = new TreeMap<>();
    Map<String, Boolean> all = new TreeMap<>();
    for (int i = 0; i < first.size(); i++) {
      right.put("q" + i, first.get(i));
      all.put("q" + i, true);
    }
    PairedBootstrap interval =
        PairedBootstrap.of(
            EvaluationResult.of("a", 1, right), EvaluationResult.of("b", 1, all), 0.9, 200, seed);
    assertThat(interval.low()).isBetween(-1.0, interval.high());
    assertThat(interval.high()).isLessThanOrEqualTo(0);
  }
}
