package ai.kale.train.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.kale.error.InvalidInputException;
import ai.kale.spi.tensor.AdamW;
import ai.kale.spi.tensor.EngineOptions;
import ai.kale.spi.tensor.LossTerm;
import ai.kale.spi.tensor.NamedTensor;
import ai.kale.spi.tensor.RowSelection;
import ai.kale.spi.tensor.StepLosses;
import ai.kale.spi.tensor.TensorEngine;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.spi.tensor.TokenBatch;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link TensorEngine} must do in training, saving and copying. */
public abstract class TensorTrainingContract extends TensorEngineFixture {
  private static List<float[]> gradients(TensorModel model) {
    return model.parameterNames().stream().map(name -> model.gradient(name).values()).toList();
  }

  private static List<float[]> parameters(TensorModel model) {
    return model.parameterNames().stream().map(name -> model.parameter(name).values()).toList();
  }

  private static void assertSame(List<float[]> one, List<float[]> other) {
    for (int i = 0; i < one.size(); i++) {
      assertThat(one.get(i)).isEqualTo(other.get(i));
    }
  }

  private static double train(TensorModel model, int from, int to) {
    double loss = 0;
    for (int i = from; i < to; i++) {
      TokenBatch batch = batch(model, i, 5, 9);
      loss = model.accumulate(batch, List.of(answers(model, batch, 4))).total();
      model.step(AdamW.withLearningRate(0.01));
    }
    return loss;
  }

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

  @Test
  void saveAndOpenGiveTheSameModel() {
    try (TensorModel model = open(1)) {
      train(model, 0, 3);
      Path saved = folder.resolve("saved");
      model.save(saved);
      model.save(saved);
      try (TensorModel again = engine().open(saved, EngineOptions.cpu())) {
        assertSame(parameters(again), parameters(model));
        assertThat(again.maxPositions()).isEqualTo(model.maxPositions());
        TokenBatch batch = batch(model, 9, 7);
        List<LossTerm> terms = List.of(answers(model, batch, 2));
        assertThat(again.evaluate(batch, terms).values())
            .isEqualTo(model.evaluate(batch, terms).values());
      }
    }
  }

  @Test
  void trainingContinuesFromSavedStateBitForBit() {
    try (TensorModel model = open(1)) {
      train(model, 0, 3);
      model.save(folder.resolve("saved"));
      model.saveOptimizer(folder.resolve("optimizer"));
      double expected = train(model, 3, 6);
      try (TensorModel again = engine().open(folder.resolve("saved"), EngineOptions.cpu())) {
        again.loadOptimizer(folder.resolve("optimizer"));
        assertThat(train(again, 3, 6)).isEqualTo(expected);
        assertSame(parameters(again), parameters(model));
      }
    }
  }

  @Test
  void copiesAreIndependent() {
    try (TensorModel model = open(1)) {
      train(model, 0, 2);
      List<float[]> before = parameters(model);
      try (TensorModel copy = model.copy()) {
        assertSame(parameters(copy), before);
        gradients(copy).forEach(gradient -> assertThat(gradient).containsOnly(0));
        train(copy, 2, 4);
        assertSame(parameters(model), before);
      }
      assertThat(train(model, 2, 3)).isFinite();
    }
  }

  @Test
  void aCopyOutlivesItsOriginal() {
    TensorModel model = open(1);
    try (TensorModel copy = model.copy()) {
      model.close();
      model.close();
      assertThat(train(copy, 0, 1)).isFinite();
      assertThatThrownBy(() -> model.generate(List.of(new int[] {1}), 1, -1))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void setParameterReplacesValues() {
    try (TensorModel model = open(1)) {
      String name = model.parameterNames().get(0);
      NamedTensor tensor = model.parameter(name);
      Arrays.fill(tensor.values(), 0.5f);
      model.setParameter(tensor);
      assertThat(model.parameter(name).values()).containsOnly(0.5f);
      assertThatThrownBy(
              () -> model.setParameter(new NamedTensor(name, new long[] {1}, new float[1])))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining(name);
      assertThatThrownBy(() -> model.parameter("nothing"))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("nothing");
    }
  }
}
