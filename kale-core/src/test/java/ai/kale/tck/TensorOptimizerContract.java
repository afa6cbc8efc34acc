package ai.kale.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.kale.error.InvalidInputException;
import ai.kale.spi.tensor.AdamW;
import ai.kale.spi.tensor.LossTerm;
import ai.kale.spi.tensor.NamedTensor;
import ai.kale.spi.tensor.StepLosses;
import ai.kale.spi.tensor.TensorEngine;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.spi.tensor.TokenBatch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the optimizer step of every {@link TensorEngine} must do. */
public abstract class TensorOptimizerContract extends TensorEngineFixture {
  /** One parameter under AdamW, in plain Java. */
  private static final class Moments {
    private final double[] weight;
    private final double[] first;
    private final double[] second;

    Moments(float[] values) {
      weight = new double[values.length];
      for (int i = 0; i < values.length; i++) {
        weight[i] = values[i];
      }
      first = new double[values.length];
      second = new double[values.length];
    }

    void step(AdamW adamW, float[] gradient, double scale, double decay, int step) {
      for (int i = 0; i < weight.length; i++) {
        double g = scale * gradient[i];
        first[i] = adamW.beta1() * first[i] + (1 - adamW.beta1()) * g;
        second[i] = adamW.beta2() * second[i] + (1 - adamW.beta2()) * g * g;
        double m = first[i] / (1 - Math.pow(adamW.beta1(), step));
        double v = second[i] / (1 - Math.pow(adamW.beta2(), step));
        weight[i] -= adamW.learningRate() * decay * weight[i];
        weight[i] -= adamW.learningRate() * m / (Math.sqrt(v) + adamW.epsilon());
      }
    }
  }

  @Test
  void severalStepsFollowTheEquationsWithAndWithoutClipping() {
    try (TensorModel model = open(1)) {
      Map<String, Moments> expected = new LinkedHashMap<>();
      for (String name : model.parameterNames()) {
        expected.put(name, new Moments(model.parameter(name).values()));
      }
      double[] clips = {Double.POSITIVE_INFINITY, 0.1, 1e6, 0.5};
      for (int step = 1; step <= clips.length; step++) {
        AdamW adamW = new AdamW(0.01 / step, 0.8, 0.97, 1e-6, 0.1, clips[step - 1]);
        TokenBatch batch = batch(model, step, 6, 4);
        model.accumulate(batch, List.of(answers(model, batch, 4)));
        List<float[]> gradients = gradients(model);
        double norm = model.step(adamW);
        assertThat(norm).isCloseTo(Math.sqrt(squares(gradients)), within(1e-5 * norm));
        double scale = Math.min(1, adamW.maxGradientNorm() / norm);
        for (int i = 0; i < gradients.size(); i++) {
          NamedTensor found = model.parameter(model.parameterNames().get(i));
          Moments moments = expected.getOrDefault(found.name(), new Moments(found.values()));
          double decay = found.shape().length >= 2 ? adamW.weightDecay() : 0;
          moments.step(adamW, gradients.get(i), scale, decay, step);
          for (int j = 0; j < found.values().length; j++) {
            double tolerance = 2e-6 + 1e-3 * adamW.learningRate();
            assertThat((double) found.values()[j])
                .as("%s after step %d", found.name(), step)
                .isCloseTo(moments.weight[j], within(tolerance));
          }
        }
      }
    }
  }

  @Test
  void aStepReturnsTheNormAndClearsGradients() {
    try (TensorModel model = open(1)) {
      TokenBatch batch = batch(model, 4, 8);
      StepLosses losses = model.accumulate(batch, List.of(answers(model, batch, 2)));
      assertThat(losses.tokens()).isEqualTo(8);
      double expected = Math.sqrt(squares(gradients(model)));
      double norm = model.step(AdamW.withLearningRate(0.01));
      assertThat(norm).isPositive().isCloseTo(expected, within(1e-4 * norm));
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

  /** No gradient is no news for the moments, but the step counts. */
  @Test
  void aStepWithoutGradientsDecaysTheMoments() {
    try (TensorModel model = open(1)) {
      AdamW plain = new AdamW(0.01, 0.5, 0.9, 1e-8, 0, 1);
      TokenBatch batch = batch(model, 4, 8);
      model.accumulate(batch, List.of(answers(model, batch, 2)));
      model.step(plain);
      List<float[]> once = parameters(model);
      model.step(plain);
      List<float[]> twice = parameters(model);
      // m̂ / √v̂ after one step is ±1, after an empty one ((1 − β1) β1 / (1 − β1²)) / √(…β2…)
      double ratio = 0.5 * 0.5 / 0.75 / Math.sqrt(0.1 * 0.9 / 0.19);
      double moved = 0;
      double total = 0;
      for (int i = 0; i < once.size(); i++) {
        for (int j = 0; j < once.get(i).length; j++) {
          double change = Math.abs(twice.get(i)[j] - once.get(i)[j]);
          if (change > 0.001) {
            moved += change;
            total += 0.01 * ratio;
          }
        }
      }
      assertThat(total).isPositive();
      assertThat(moved / total).isCloseTo(1, within(0.01));
    }
  }

  /**
   * The first weight makes infinite gradients, the second one finite ones with infinite squares.
   */
  @ParameterizedTest
  @ValueSource(doubles = {Double.MAX_VALUE, 1e200})
  void aNormThatIsNotFiniteChangesNoParameter(double weight) {
    try (TensorModel model = open(1)) {
      train(model, 0, 2);
      List<float[]> before = parameters(model);
      TokenBatch batch = batch(model, 4, 8);
      LossTerm plain = answers(model, batch, 2);
      double divisor = weight == Double.MAX_VALUE ? 1e-300 : 1;
      model.accumulate(
          batch, List.of(new LossTerm("huge", plain.rows(), plain.target(), weight, divisor)));
      assertThat(model.step(AdamW.withLearningRate(0.01))).isNotFinite();
      assertSame(parameters(model), before);
      gradients(model).forEach(gradient -> assertThat(gradient).containsOnly(0));
      assertThat(train(model, 2, 3)).isFinite();
      for (float[] values : parameters(model)) {
        for (float value : values) {
          assertThat(value).isFinite();
        }
      }
    }
  }

  @Test
  void zeroedGradientsAreForgotten() {
    try (TensorModel model = open(1);
        TensorModel other = open(1)) {
      TokenBatch batch = batch(model, 4, 8);
      model.accumulate(batch, List.of(answers(model, batch, 2)));
      model.zeroGradients();
      gradients(model).forEach(gradient -> assertThat(gradient).containsOnly(0));
      assertThat(train(model, 0, 2)).isEqualTo(train(other, 0, 2));
      assertSame(parameters(model), parameters(other));
    }
  }

  @Test
  void hyperparametersOutOfRangeAreRefused() {
    try (TensorModel model = open(1)) {
      List<float[]> before = parameters(model);
      AdamW good = AdamW.withLearningRate(0.1);
      for (AdamW bad :
          List.of(
              good.at(-1),
              good.at(Double.NaN),
              new AdamW(0.1, 1, 0.9, 1e-8, 0, 1),
              new AdamW(0.1, 0.9, -0.1, 1e-8, 0, 1),
              new AdamW(0.1, 0.9, 0.9, Double.NaN, 0, 1),
              new AdamW(0.1, 0.9, 0.9, 1e-8, -1, 1),
              new AdamW(0.1, 0.9, 0.9, 1e-8, 0, 0))) {
        assertThatThrownBy(() -> model.step(bad)).isInstanceOf(InvalidInputException.class);
      }
      assertSame(parameters(model), before);
    }
  }
}
