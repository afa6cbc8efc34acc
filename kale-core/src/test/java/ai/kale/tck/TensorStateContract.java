package ai.kale.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.InvalidInputException;
import ai.kale.spi.tensor.AdamW;
import ai.kale.spi.tensor.EngineOptions;
import ai.kale.spi.tensor.LossTerm;
import ai.kale.spi.tensor.NamedTensor;
import ai.kale.spi.tensor.RowSelection;
import ai.kale.spi.tensor.TensorEngine;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.spi.tensor.TokenBatch;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link TensorEngine} must do in saving, continuing, copying and setting values. */
public abstract class TensorStateContract extends TensorEngineFixture {
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
      assertThatThrownBy(() -> model.generate(List.of(new int[] {1}), 1))
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

  @Test
  void everyUseOfAClosedModelIsRefused() {
    TensorModel model = open(1);
    TokenBatch batch = batch(model, 9, 7);
    LossTerm term = answers(model, batch, 2);
    NamedTensor tensor = model.parameter(model.parameterNames().get(0));
    model.close();
    List<Runnable> uses =
        List.of(
            () -> model.accumulate(batch, List.of(term)),
            () -> model.evaluate(batch, List.of(term)),
            () -> model.step(AdamW.withLearningRate(0.1)),
            model::zeroGradients,
            () -> model.parameter(tensor.name()),
            () -> model.setParameter(tensor),
            () -> model.gradient(tensor.name()),
            () -> model.logProbabilities(batch, term.rows(), new int[2]),
            () -> model.topK(batch, term.rows(), 1, 1),
            () -> model.save(folder.resolve("closed")),
            () -> model.saveOptimizer(folder.resolve("optimizer")),
            () -> model.loadOptimizer(folder.resolve("optimizer")),
            model::parameterNames,
            model::trainableParameterNames,
            model::base,
            () -> model.generate(batch.sequences(), 1),
            model::copy);
    for (Runnable use : uses) {
      assertThatThrownBy(use::run).isInstanceOf(IllegalStateException.class);
    }
    assertThat(folder.resolve("closed")).doesNotExist();
    assertThat(folder.resolve("optimizer")).doesNotExist();
  }

  @Test
  void tensorsThatWereCopiedOutAreNotTheModels() {
    try (TensorModel model = open(1)) {
      String name = model.parameterNames().get(0);
      TokenBatch batch = batch(model, 9, 7);
      model.accumulate(batch, List.of(answers(model, batch, 2)));
      float[] gradient = model.gradient(name).values().clone();
      float[] values = model.parameter(name).values().clone();
      Arrays.fill(model.gradient(name).values(), 7);
      Arrays.fill(model.parameter(name).values(), 7);
      model.parameter(name).shape()[0] = 1;
      assertThat(model.gradient(name).values()).isEqualTo(gradient);
      assertThat(model.parameter(name).values()).isEqualTo(values);
      NamedTensor tensor = model.parameter(name);
      model.setParameter(tensor);
      Arrays.fill(tensor.values(), 7);
      assertThat(model.parameter(name).values()).isEqualTo(values);
    }
  }

  /** What was read before does not linger in a cache. */
  @Test
  void newWeightsAreUsedAtOnce() {
    try (TensorModel model = open(1);
        TensorModel other = open(2)) {
      TokenBatch batch = batch(model, 9, 7, 4);
      RowSelection rows = allRows(batch, RowSelection.LAST_LAYER);
      double[][] own = probabilities(model, batch, rows, 1);
      assertThat(Arrays.deepEquals(own, probabilities(other, batch, rows, 1))).isFalse();
      other.parameterNames().forEach(name -> model.setParameter(other.parameter(name)));
      assertThat(probabilities(model, batch, rows, 1))
          .isDeepEqualTo(probabilities(other, batch, rows, 1));
      assertThat(model.generate(batch.sequences(), 4).get(0))
          .isEqualTo(other.generate(batch.sequences(), 4).get(0));
    }
  }
}
