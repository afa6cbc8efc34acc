package ai.kale.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.kale.spi.tensor.AdamW;
import ai.kale.spi.tensor.Distributions;
import ai.kale.spi.tensor.Divergence;
import ai.kale.spi.tensor.LossTerm;
import ai.kale.spi.tensor.NamedTensor;
import ai.kale.spi.tensor.RowSelection;
import ai.kale.spi.tensor.RowTarget;
import ai.kale.spi.tensor.StepLosses;
import ai.kale.spi.tensor.TensorEngine;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.spi.tensor.TokenBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link TensorEngine} must do in training. */
public abstract class TensorTrainingContract extends TensorEngineFixture {
  @Test
  void halfBatchesAccumulateToTheWhole() {
    try (TensorModel model = open(1)) {
      TokenBatch whole = batch(model, 2, 6, 9, 4, 12);
      double loss = model.accumulate(whole, List.of(answers(model, whole, 8))).total();
      List<float[]> expected = gradients(model);
      model.zeroGradients();
      double sum = 0;
      for (int i = 0; i < 4; i += 2) {
        TokenBatch half = new TokenBatch(whole.sequences().subList(i, i + 2));
        sum += model.accumulate(half, List.of(answers(model, half, 8))).total();
      }
      assertThat(sum).isCloseTo(loss, within(1e-5));
      List<float[]> found = gradients(model);
      for (int i = 0; i < found.size(); i++) {
        assertThat(found.get(i)).containsExactly(expected.get(i), within(1e-5f));
      }
    }
  }

  @Test
  void paddingChangesNothing() {
    try (TensorModel model = open(1)) {
      TokenBatch together = batch(model, 3, 4, 17, 9);
      for (int s = 0; s < 3; s++) {
        int[] sequence = together.sequences().get(s);
        int[] at = new int[sequence.length];
        int[] positions = IntStream.range(0, sequence.length).toArray();
        float[] alone =
            model.logProbabilities(
                new TokenBatch(List.of(sequence)), new RowSelection(1, at, positions), sequence);
        Arrays.fill(at, s);
        assertThat(model.logProbabilities(together, new RowSelection(1, at, positions), sequence))
            .containsExactly(alone, within(1e-5f));
      }
    }
  }

  @Test
  void laterTokensDoNotMatter() {
    try (TensorModel model = open(1)) {
      int[] sequence = batch(model, 3, 9).sequences().get(0);
      int[] start = Arrays.copyOf(sequence, 4);
      RowSelection rows = new RowSelection(-1, new int[4], new int[] {0, 1, 2, 3});
      assertThat(model.logProbabilities(new TokenBatch(List.of(sequence)), rows, start))
          .containsExactly(
              model.logProbabilities(new TokenBatch(List.of(start)), rows, start), within(1e-5f));
    }
  }

  /** The same last token after the same tokens in another order has another distribution. */
  @Test
  void theOrderOfEarlierTokensMatters() {
    try (TensorModel model = open(1)) {
      RowSelection row = new RowSelection(-1, new int[1], new int[] {3});
      TokenBatch one = new TokenBatch(List.of(new int[] {1, 2, 3, 4}));
      TokenBatch other = new TokenBatch(List.of(new int[] {3, 1, 2, 4}));
      int[] target = {5};
      assertThat(model.logProbabilities(one, row, target)[0])
          .isNotCloseTo(model.logProbabilities(other, row, target)[0], within(1e-4f));
    }
  }

  @Test
  void resultsRepeatBitForBit() {
    try (TensorModel one = open(1);
        TensorModel other = open(1)) {
      assertThat(train(one, 0, 5)).isEqualTo(train(other, 0, 5));
      assertSame(parameters(one), parameters(other));
    }
  }

  @Test
  void aBatchHasTheGradientOfItsSequencesOneByOne() {
    try (TensorModel model = open(1)) {
      TokenBatch together = batch(model, 3, 4, 17, 9);
      double loss = model.accumulate(together, both(together, 6)).total();
      List<float[]> expected = gradients(model);
      model.zeroGradients();
      double sum = 0;
      for (int[] sequence : together.sequences()) {
        TokenBatch alone = new TokenBatch(List.of(sequence));
        sum += model.accumulate(alone, both(alone, 6)).total();
      }
      assertThat(sum).isCloseTo(loss, within(1e-5));
      assertClose(gradients(model), expected, 1e-5);
    }
  }

  /** The second token of each sequence at its first row, at the first and at the last layer. */
  private static List<LossTerm> both(TokenBatch batch, double divisor) {
    int[] sequences = IntStream.range(0, batch.sequences().size()).toArray();
    int[] targets = batch.sequences().stream().mapToInt(s -> s[1]).toArray();
    int[] last = batch.sequences().stream().mapToInt(s -> s.length - 2).toArray();
    return List.of(
        new LossTerm(
            "early",
            new RowSelection(1, sequences, last),
            new RowTarget.Tokens(targets),
            2,
            divisor),
        new LossTerm(
            "last",
            new RowSelection(RowSelection.LAST_LAYER, sequences, last),
            new RowTarget.Tokens(targets),
            1,
            divisor));
  }

  @Test
  void evaluatingGivesTheSameValuesAndNoGradient() {
    try (TensorModel model = open(1)) {
      TokenBatch batch = batch(model, 3, 4, 7);
      List<float[]> before = parameters(model);
      StepLosses evaluated = model.evaluate(batch, both(batch, 3));
      gradients(model).forEach(gradient -> assertThat(gradient).containsOnly(0));
      StepLosses accumulated = model.accumulate(batch, both(batch, 3));
      assertThat(evaluated.values()).containsExactly(accumulated.values(), within(1e-6));
      assertThat(evaluated.tokens()).isEqualTo(accumulated.tokens()).isEqualTo(11);
      assertSame(parameters(model), before);
    }
  }

  @Test
  void crossEntropyIsTheWeightedSumOfLogProbabilities() {
    try (TensorModel model = open(1)) {
      TokenBatch batch = batch(model, 3, 4, 7);
      RowSelection rows = new RowSelection(1, new int[] {1, 0, 1}, new int[] {6, 2, 6});
      int[] targets = {3, 0, 5};
      double sum = 0;
      for (float log : model.logProbabilities(batch, rows, targets)) {
        sum -= log;
      }
      LossTerm term = new LossTerm("ce", rows, new RowTarget.Tokens(targets), -0.5, 8);
      assertThat(model.evaluate(batch, List.of(term)).values()[0])
          .isCloseTo(-0.5 / 8 * sum, within(1e-6));
    }
  }

  /** Along the gradient g a loss grows by |g|² for each unit. */
  @Test
  void theGradientIsTheSlopeOfTheLoss() {
    try (TensorModel model = open(1);
        TensorModel teacher = open(2)) {
      TokenBatch batch = batch(model, 3, 6, 9);
      for (LossTerm term : kinds(model, teacher, batch)) {
        model.zeroGradients();
        model.accumulate(batch, List.of(term));
        List<float[]> gradient = gradients(model);
        double slope = squares(gradient);
        double unit = 0.002 / Math.sqrt(slope);
        move(model, unit, gradient);
        double above = model.evaluate(batch, List.of(term)).total();
        move(model, -2 * unit, gradient);
        double below = model.evaluate(batch, List.of(term)).total();
        move(model, unit, gradient);
        assertThat((above - below) / (2 * unit * slope)).as(term.name()).isCloseTo(1, within(0.01));
      }
    }
  }

  @Test
  void theGradientOfEachParameterIsItsSlope() {
    try (TensorModel model = open(1)) {
      TokenBatch batch = batch(model, 3, 6, 9);
      List<LossTerm> terms = List.of(answers(model, batch, 2));
      model.accumulate(batch, terms);
      for (String name : model.trainableParameterNames()) {
        float[] gradient = model.gradient(name).values();
        NamedTensor original = model.parameter(name);
        double slope = squares(List.of(gradient));
        assertThat(slope).as(name).isPositive();
        double unit = 0.004 / Math.sqrt(slope);
        move(model, name, unit, gradient);
        double above = model.evaluate(batch, terms).total();
        move(model, name, -2 * unit, gradient);
        double below = model.evaluate(batch, terms).total();
        model.setParameter(original);
        assertThat((above - below) / (2 * unit * slope)).as(name).isCloseTo(1, within(0.03));
      }
    }
  }

  private static List<LossTerm> kinds(TensorModel model, TensorModel teacher, TokenBatch batch) {
    RowSelection last = answers(model, batch, 1).rows();
    RowSelection early = new RowSelection(1, last.sequences(), last.positions());
    List<LossTerm> terms = new ArrayList<>(both(batch, 2));
    for (Divergence kind :
        List.of(
            Divergence.FORWARD_KL,
            Divergence.REVERSE_KL,
            Divergence.JENSEN_SHANNON,
            Divergence.jensenShannon(0.1))) {
      Distributions top = teacher.topK(batch, last, 4, 2);
      Distributions whole = teacher.topK(batch, early, model.vocabularySize(), 1);
      terms.add(LossTerm.mean(kind + ", top", last, new RowTarget.Match(kind, 2, top)));
      terms.add(LossTerm.mean(kind + ", whole", early, new RowTarget.Match(kind, 1, whole)));
    }
    return terms;
  }

  @Test
  void trainingLowersTheLoss() {
    try (TensorModel model = open(1)) {
      TokenBatch batch = batch(model, 4, 8, 5);
      List<LossTerm> terms = List.of(answers(model, batch, 4));
      double before = model.evaluate(batch, terms).total();
      for (int i = 0; i < 20; i++) {
        model.accumulate(batch, terms);
        model.step(AdamW.withLearningRate(0.01));
      }
      assertThat(model.evaluate(batch, terms).total()).isLessThan(before / 2);
    }
  }
}
