package ai.kale.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.kale.spi.tensor.AdamW;
import ai.kale.spi.tensor.LossTerm;
import ai.kale.spi.tensor.NamedTensor;
import ai.kale.spi.tensor.RowSelection;
import ai.kale.spi.tensor.StepLosses;
import ai.kale.spi.tensor.TensorEngine;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.spi.tensor.TokenBatch;
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
  void resultsRepeatBitForBit() {
    try (TensorModel one = open(1);
        TensorModel other = open(1)) {
      assertThat(train(one, 0, 5)).isEqualTo(train(other, 0, 5));
      assertSame(parameters(one), parameters(other));
    }
  }

  @Test
  void stepReturnsTheNormAndClearsGradients() {
    try (TensorModel model = open(1)) {
      TokenBatch batch = batch(model, 4, 8);
      StepLosses losses = model.accumulate(batch, List.of(answers(model, batch, 2)));
      assertThat(losses.tokens()).isEqualTo(8);
      double squares = 0;
      for (float[] gradient : gradients(model)) {
        for (float value : gradient) {
          squares += (double) value * value;
        }
      }
      double norm = model.step(AdamW.withLearningRate(0.01));
      assertThat(norm).isCloseTo(Math.sqrt(squares), within(1e-4 * norm));
      gradients(model).forEach(gradient -> assertThat(gradient).containsOnly(0));
      assertThat(model.step(AdamW.withLearningRate(0.01))).isZero();
    }
  }

  @Test
  void aStepWithoutGradientsDecaysMatricesOnly() {
    try (TensorModel model = open(1)) {
      assertThat(model.step(new AdamW(0.5, 0.9, 0.98, 1e-8, 0.5, 1))).isZero();
      try (TensorModel fresh = open(1)) {
        for (String name : model.parameterNames()) {
          NamedTensor before = fresh.parameter(name);
          float kept = before.shape().length < 2 ? 1 : 0.75f;
          float[] expected = before.values().clone();
          for (int i = 0; i < expected.length; i++) {
            expected[i] *= kept;
          }
          assertThat(model.parameter(name).values())
              .as(name)
              .containsExactly(expected, within(1e-6f));
        }
      }
    }
  }

  @Test
  void aNormThatIsNotFiniteChangesNoParameter() {
    try (TensorModel model = open(1)) {
      train(model, 0, 2);
      List<float[]> before = parameters(model);
      TokenBatch batch = batch(model, 4, 8);
      LossTerm huge =
          new LossTerm(
              "huge",
              answers(model, batch, 2).rows(),
              answers(model, batch, 2).target(),
              Double.MAX_VALUE,
              1e-300);
      model.accumulate(batch, List.of(huge));
      assertThat(model.step(AdamW.withLearningRate(0.01))).isNotFinite();
      assertSame(parameters(model), before);
      gradients(model).forEach(gradient -> assertThat(gradient).containsOnly(0));
    }
  }
}
