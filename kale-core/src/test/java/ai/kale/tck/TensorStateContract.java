package ai.kale.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.InvalidInputException;
import ai.kale.spi.tensor.EngineOptions;
import ai.kale.spi.tensor.LossTerm;
import ai.kale.spi.tensor.NamedTensor;
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
