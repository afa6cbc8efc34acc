package ai.kale.train.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.spi.tensor.Distributions;
import ai.kale.spi.tensor.Divergence;
import ai.kale.spi.tensor.LossTerm;
import ai.kale.spi.tensor.RowSelection;
import ai.kale.spi.tensor.RowTarget;
import ai.kale.train.data.Bridge;
import ai.kale.train.data.TrainingExample;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rows of every term, index by index, on two examples made by hand. */
class ObjectiveTest {
  private static final int EOS = 1;

  /** Prompt of 3, reading prompt of 5, answer of 2 + eos, two bridges. */
  private static final TrainingExample LONG =
      new TrainingExample(
          "long",
          new int[] {10, 11, 12},
          new int[] {20, 21, 10, 11, 12},
          new int[] {30, 31, EOS},
          new int[] {20, 21, 30, 31, EOS},
          List.of(new Bridge(1, 40, true), new Bridge(2, 41, true)));

  /** Prompt of 2, reading prompt of 4, answer of 1 + eos, one bridge. */
  private static final TrainingExample SHORT =
      new TrainingExample(
          "short",
          new int[] {13, 14},
          new int[] {22, 23, 13, 14},
          new int[] {32, EOS},
          new int[] {22, 32, EOS},
          List.of(new Bridge(1, 42, true)));

  private static final List<TrainingExample> BOTH = List.of(LONG, SHORT);

  private static TermBatch batch(Completion completion) {
    return new TermBatch(BOTH, completion, Optional.empty(), 4);
  }

  private static void assertRows(
      LossTerm term, int layer, int[] sequences, int[] positions, int[] tokens) {
    assertThat(term.rows().layer()).isEqualTo(layer);
    assertThat(term.rows().sequences()).containsExactly(sequences);
    assertThat(term.rows().positions()).containsExactly(positions);
    assertThat(((RowTarget.Tokens) term.target()).tokens()).containsExactly(tokens);
  }

  @Test
  void sequencesEndBeforeTheLastTarget() {
    assertThat(batch(Completion.ANSWER).tokens().sequences())
        .containsExactly(new int[] {10, 11, 12, 30, 31}, new int[] {13, 14, 32});
    assertThat(batch(Completion.RATIONALE_THEN_ANSWER).tokens().sequences())
        .containsExactly(new int[] {10, 11, 12, 20, 21, 30, 31}, new int[] {13, 14, 22, 32});
  }

  @Test
  void answerCrossEntropyReadsAnswerAndEndRowsOnly() {
    Objective sft = Objectives.sft();
    assertThat(sft.divisors(BOTH)).containsExactly(5);
    List<LossTerm> terms = sft.lossTerms(batch(Completion.ANSWER), sft.divisors(BOTH));
    assertThat(terms).hasSize(1);
    assertRows(
        terms.get(0),
        RowSelection.LAST_LAYER,
        new int[] {0, 0, 0, 1, 1},
        new int[] {2, 3, 4, 1, 2},
        new int[] {30, 31, EOS, 32, EOS});
    assertThat(terms.get(0).divisor()).isEqualTo(5);
  }

  @Test
  void rationaleThenAnswerReadsTheWholeCompletion() {
    Objective objective = Objectives.rationaleThenAnswer();
    assertThat(objective.divisors(BOTH)).containsExactly(8);
    LossTerm term =
        objective.lossTerms(batch(Completion.RATIONALE_THEN_ANSWER), new double[] {8}).get(0);
    assertRows(
        term,
        RowSelection.LAST_LAYER,
        new int[] {0, 0, 0, 0, 0, 1, 1, 1},
        new int[] {2, 3, 4, 5, 6, 1, 2, 3},
        new int[] {20, 21, 30, 31, EOS, 22, 32, EOS});
  }

  @Test
  void sequenceCrossEntropyReadsEveryRow() {
    Objective objective = Objectives.pretraining();
    assertThat(objective.divisors(BOTH)).containsExactly(8);
    LossTerm term = objective.lossTerms(batch(Completion.ANSWER), new double[] {8}).get(0);
    assertRows(
        term,
        RowSelection.LAST_LAYER,
        new int[] {0, 0, 0, 0, 0, 1, 1, 1},
        new int[] {0, 1, 2, 3, 4, 0, 1, 2},
        new int[] {11, 12, 30, 31, EOS, 14, 32, EOS});
  }

  @Test
  void bridgeLensReadsTheLastPromptTokenAtTheLayersOfTheRecipe() {
    BridgeLens lens = new BridgeLens(LensLayers.standard(), 0.5);
    assertThat(lens.rows(LONG, Completion.ANSWER)).isEqualTo(2);
    assertThat(lens.rows(SHORT, Completion.ANSWER)).isEqualTo(1);
    List<LossTerm> terms = lens.lossTerms(batch(Completion.ANSWER), 3);
    assertThat(terms).extracting(LossTerm::name).containsExactly("bridge-lens@2", "bridge-lens@3");
    assertRows(terms.get(0), 2, new int[] {0, 1}, new int[] {2, 1}, new int[] {40, 42});
    assertRows(terms.get(1), 3, new int[] {0}, new int[] {2}, new int[] {41});
    assertThat(terms).allMatch(t -> t.weight() == 0.5 && t.divisor() == 3);
  }

  @Test
  void maskedBridgesAreNotRead() {
    TrainingExample masked =
        new TrainingExample(
            "masked",
            LONG.prompt(),
            LONG.readingPrompt(),
            LONG.answer(),
            LONG.rationaleThenAnswer(),
            List.of(new Bridge(1, 40, true), new Bridge(2, 41, false)));
    BridgeLens lens = new BridgeLens(LensLayers.standard(), 1);
    assertThat(lens.rows(masked, Completion.ANSWER)).isEqualTo(1);
    TermBatch batch = new TermBatch(List.of(masked), Completion.ANSWER, Optional.empty(), 4);
    List<LossTerm> terms = lens.lossTerms(batch, 1);
    assertThat(terms).hasSize(1);
    assertRows(terms.get(0), 2, new int[] {0}, new int[] {2}, new int[] {40});
  }

  @Test
  void earlyAnswerReadsTheFirstAnswerTokenAtHalfDepth() {
    List<LossTerm> terms = new EarlyAnswer(0.5, 1).lossTerms(batch(Completion.ANSWER), 2);
    assertRows(terms.get(0), 2, new int[] {0, 1}, new int[] {2, 1}, new int[] {30, 32});
    assertThat(Objectives.replayFor(Objectives.sftWithBridgeLens()).terms()).hasSize(2);
    assertThat(Objectives.replayFor(Objectives.kale()).terms()).hasSize(1);
  }

  @Test
  void teacherRowsAreAlignedAlthoughPromptsDiffer() {
    Distributions q =
        new Distributions(5, 1, new int[] {30, 31, 1, 32, 1}, new float[5], new float[5]);
    TermBatch batch = new TermBatch(BOTH, Completion.ANSWER, Optional.of(q), 4);
    Objective paper = Objectives.kalePaper();
    LossTerm term = paper.lossTerms(batch, paper.divisors(BOTH)).get(0);
    assertThat(term.rows().positions()).containsExactly(2, 3, 4, 1, 2);
    RowTarget.Match match = (RowTarget.Match) term.target();
    assertThat(match.divergence()).isEqualTo(Divergence.REVERSE_KL);
    assertThat(match.q()).isSameAs(q);
    assertThat(Objectives.kale().terms().get(0).name()).isEqualTo("forward-kl");
    assertThatThrownBy(() -> paper.lossTerms(batch(Completion.ANSWER), new double[] {5}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs a teacher");
  }

  @Test
  void lensLayersScaleWithDepth() {
    LensLayers layers = LensLayers.standard();
    assertThat(layers.layer(1, 1, 4)).isEqualTo(2);
    assertThat(layers.layer(1, 2, 4)).isEqualTo(2);
    assertThat(layers.layer(2, 2, 4)).isEqualTo(3);
    assertThat(layers.layer(1, 1, 32)).isEqualTo(16);
    assertThat(layers.layer(2, 2, 32)).isEqualTo(24);
    assertThat(layers.layer(1, 1, 1)).isEqualTo(1);
    assertThat(layers.covers(4)).isFalse();
    assertThatThrownBy(() -> new LensLayers(Map.of(2, List.of(0.5))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new LensLayers(Map.of(1, List.of(1.5))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aDivergenceOfChoiceStandsBesideTheCrossEntropy() {
    Divergence divergence = Divergence.jensenShannon(0.1);
    Objective both = Objectives.kale(divergence, 2, 0.3);
    assertThat(both.terms())
        .containsExactly(new TeacherDivergence(divergence, 2), new AnswerCrossEntropy(0.3));
    assertThat(both.teacherTemperature()).hasValue(2);
    assertThat(both.name()).isEqualTo("kale-jensen-shannon(0.1)+sft");
    assertThat(Objectives.kale(Divergence.REVERSE_KL, 1, 0).terms())
        .isEqualTo(Objectives.kalePaper().terms());
    assertThatThrownBy(() -> Objectives.kale(divergence, 1, -0.1))
        .isInstanceOf(IllegalArgumentException.class);
    Term reverse = new TeacherDivergence(Divergence.REVERSE_KL, 1);
    Term forward = new TeacherDivergence(Divergence.FORWARD_KL, 1);
    Term hot = new TeacherDivergence(Divergence.FORWARD_KL, 2);
    assertThat(
            new Objective("x", Completion.ANSWER, List.of(reverse, forward)).teacherTemperature())
        .hasValue(1);
    assertThatThrownBy(() -> new Objective("x", Completion.ANSWER, List.of(reverse, hot)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("several temperatures");
  }

  @Test
  void objectivesThatDoNotFitTogetherAreRefused() {
    Term kl = new TeacherDivergence(Divergence.FORWARD_KL, 1);
    assertThatThrownBy(() -> new Objective("x", Completion.RATIONALE_THEN_ANSWER, List.of(kl)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Objective("x", Completion.ANSWER, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Objective("x", Completion.ANSWER, List.of(kl, kl)))
        .isInstanceOf(IllegalArgumentException.class);
    TrainingExample fact = TrainingExample.of("f", new int[] {5}, new int[] {6, EOS});
    assertThat(Objectives.kale().problemWith(fact)).isPresent();
    assertThat(Objectives.rationaleThenAnswer().problemWith(fact)).isPresent();
    assertThat(Objectives.sft().problemWith(fact)).isEmpty();
  }
}
