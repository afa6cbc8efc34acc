package ai.kale.train.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.spi.tensor.LossTerm;
import ai.kale.spi.tensor.RowTarget;
import ai.kale.train.data.Bridge;
import ai.kale.train.data.TrainingExample;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Labels of several tokens, deep models and a weight that is phased in. */
class BridgeLensTest {
  private static final TrainingExample ONE =
      example(
          "one",
          new int[] {10, 11, 12},
          new Bridge(1, List.of(40, 41, 42), true),
          new Bridge(2, 43, true));
  private static final TrainingExample TWO =
      example(
          "two",
          new int[] {13, 14},
          new Bridge(1, List.of(44, 45), false),
          new Bridge(2, List.of(46, 47), true));
  private static final List<TrainingExample> BOTH = List.of(ONE, TWO);

  private static TrainingExample example(String id, int[] prompt, Bridge... bridges) {
    return new TrainingExample(
        id, prompt, new int[0], new int[] {30, 1}, new int[0], List.of(bridges));
  }

  private static Objective objective(BridgeLens lens) {
    return new Objective(
        "lens", Completion.ANSWER, List.of(new AnswerCrossEntropy(), lens, new EarlyAnswer(1, 1)));
  }

  @Test
  void allTokensOfALabelAreReadAfterThoseBeforeThem() {
    BridgeLens lens = new BridgeLens(LensLayers.standard(), 0.5).withTokens(BridgeLens.Tokens.ALL);
    Objective objective = objective(lens);
    double[] divisors = objective.divisors(BOTH);
    assertThat(divisors).containsExactly(4, 6, 2);
    TermBatch batch = new TermBatch(BOTH, Completion.ANSWER, Optional.empty(), 8);
    Objective.Pass pass = objective.pass(batch, divisors);

    assertThat(pass.tokens().sequences())
        .containsExactly(
            new int[] {10, 11, 12, 30},
            new int[] {13, 14, 30},
            new int[] {10, 11, 12, 40, 41},
            new int[] {13, 14, 46});
    assertThat(pass.terms())
        .extracting(LossTerm::name)
        .containsExactly(
            "answer-cross-entropy", "bridge-lens@4", "bridge-lens@6", "early-answer@8");
    assertTerm(
        pass.terms().get(1), 4, new int[] {0, 2, 2}, new int[] {2, 3, 4}, new int[] {40, 41, 42});
    assertTerm(
        pass.terms().get(2), 6, new int[] {0, 1, 3}, new int[] {2, 1, 2}, new int[] {43, 46, 47});
    assertThat(pass.terms().get(1).divisor()).isEqualTo(6);
    assertThat(objective.sequences(ONE)).isEqualTo(2);
    assertThat(objective.sequences(TWO)).isEqualTo(2);
    assertThat(objective.longest(ONE)).isEqualTo(5);
    assertThat(Objectives.sft().longest(ONE)).isEqualTo(4);
  }

  private static void assertTerm(
      LossTerm term, int layer, int[] sequences, int[] positions, int[] tokens) {
    assertThat(term.rows().layer()).isEqualTo(layer);
    assertThat(term.rows().sequences()).containsExactly(sequences);
    assertThat(term.rows().positions()).containsExactly(positions);
    assertThat(((RowTarget.Tokens) term.target()).tokens()).containsExactly(tokens);
  }

  @Test
  void theFirstTokenAloneNeedsNoFurtherSequence() {
    Objective objective = objective(new BridgeLens(LensLayers.standard(), 0.5));
    TermBatch batch = new TermBatch(BOTH, Completion.ANSWER, Optional.empty(), 8);
    Objective.Pass pass = objective.pass(batch, objective.divisors(BOTH));
    assertThat(pass.tokens().sequences()).hasSize(2);
    assertTerm(pass.terms().get(1), 4, new int[] {0}, new int[] {2}, new int[] {40});
    assertTerm(pass.terms().get(2), 6, new int[] {0, 1}, new int[] {2, 1}, new int[] {43, 46});
  }

  @Test
  void twoUnrolledLensesDoNotMixTheirSequences() {
    Term lens = new BridgeLens(LensLayers.standard(), 1).withTokens(BridgeLens.Tokens.ALL);
    Term other =
        new Term() {
          @Override
          public String name() {
            return "other";
          }

          @Override
          public double weight() {
            return 1;
          }

          @Override
          public int rows(TrainingExample example, Completion completion) {
            return 1;
          }

          @Override
          public List<int[]> extraSequences(TrainingExample example) {
            return List.of(new int[] {99, 98});
          }

          @Override
          public List<LossTerm> lossTerms(TermBatch batch, double divisor) {
            RowList rows = new RowList();
            for (int i = 0; i < batch.examples().size(); i++) {
              rows.add(batch.firstExtra() + i, 1, 7);
            }
            return List.of(new LossTerm(name(), rows.rows(1), rows.target(), 1, divisor));
          }
        };
    Objective objective = new Objective("x", Completion.ANSWER, List.of(lens, other));
    TermBatch batch = new TermBatch(BOTH, Completion.ANSWER, Optional.empty(), 8);
    Objective.Pass pass = objective.pass(batch, objective.divisors(BOTH));
    assertThat(pass.tokens().sequences()).hasSize(6);
    for (int sequence : pass.terms().get(2).rows().sequences()) {
      assertThat(pass.tokens().sequences().get(sequence)).containsExactly(99, 98);
    }
  }

  @Test
  void theWeightRisesOverTheWarmup() {
    BridgeLens lens = new BridgeLens(LensLayers.standard(), 0.5).withWarmup(4);
    TermBatch batch = new TermBatch(BOTH, Completion.ANSWER, Optional.empty(), 8);
    double[] expected = {0.125, 0.25, 0.375, 0.5, 0.5};
    for (int step = 0; step < expected.length; step++) {
      double weight = expected[step];
      assertThat(lens.weightAt(step)).isEqualTo(weight);
      assertThat(lens.lossTerms(batch.atStep(step), 3)).allMatch(t -> t.weight() == weight);
    }
    assertThat(new AnswerCrossEntropy(0.3).weightAt(0)).isEqualTo(0.3);
    assertThatThrownBy(() -> lens.withWarmup(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Property(tries = 300, seed = "20261122")
  void bridgesOfAnyDepthHaveRisingLayersWhereTheModelHasThem(
      @ForAll @IntRange(min = 2, max = 80) int depth,
      @ForAll @IntRange(min = 1, max = 6) int bridges) {
    LensLayers layers = LensLayers.spread(6, 0.5, 0.75);
    int before = 0;
    for (int bridge = 1; bridge <= bridges; bridge++) {
      int layer = layers.layer(bridge, bridges, depth);
      assertThat(layer).isBetween(1, depth);
      int last = layers.layer(bridges, bridges, depth);
      if (last >= bridges) {
        assertThat(layer).isGreaterThan(before);
      }
      if (depth >= 8 * bridges) {
        double fraction = bridges == 1 ? 0.5 : 0.5 + 0.25 * (bridge - 1) / (bridges - 1);
        assertThat(layer).isEqualTo((int) Math.round(fraction * depth));
      }
      before = layer;
    }
  }

  @Test
  void layersMayBeSharedOnPurposeAndSpelledOut() {
    LensLayers shared = new LensLayers(Map.of(2, List.of(0.5, 0.5)));
    assertThat(shared.layer(1, 2, 32)).isEqualTo(16);
    assertThat(shared.layer(2, 2, 32)).isEqualTo(16);
    LensLayers spelled = new LensLayers(Map.of(2, List.of(7.0 / 28, 23.0 / 28)));
    assertThat(spelled.layer(1, 2, 28)).isEqualTo(7);
    assertThat(spelled.layer(2, 2, 28)).isEqualTo(23);
    assertThat(LensLayers.standard().layer(1, 2, 3)).isEqualTo(1);
    assertThat(LensLayers.standard().layer(2, 2, 3)).isEqualTo(2);
    assertThatThrownBy(() -> LensLayers.spread(0, 0.5, 0.75))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> LensLayers.spread(2, 0.75, 0.5))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
