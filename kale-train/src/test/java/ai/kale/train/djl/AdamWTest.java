package ai.kale.train.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.kale.spi.tensor.AdamW;
import ai.kale.spi.tensor.LossTerm;
import ai.kale.spi.tensor.NamedTensor;
import ai.kale.spi.tensor.RowTarget;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.spi.tensor.TokenBatch;
import ai.kale.train.checkpoint.DecoderConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The optimizer against plain Java in double precision. */
class AdamWTest {
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

    void step(AdamW adamW, double[] gradient, double decay, int step) {
      for (int i = 0; i < weight.length; i++) {
        first[i] = adamW.beta1() * first[i] + (1 - adamW.beta1()) * gradient[i];
        second[i] = adamW.beta2() * second[i] + (1 - adamW.beta2()) * gradient[i] * gradient[i];
        double m = first[i] / (1 - Math.pow(adamW.beta1(), step));
        double v = second[i] / (1 - Math.pow(adamW.beta2(), step));
        weight[i] -= adamW.learningRate() * decay * weight[i];
        weight[i] -= adamW.learningRate() * m / (Math.sqrt(v) + adamW.epsilon());
      }
    }
  }

  @Test
  void severalStepsAgreeWithAndWithoutClipping() {
    DecoderConfig config = TestModels.tiny(true, false);
    try (TensorModel model = TestModels.open(config, 1)) {
      Map<String, Moments> reference = new LinkedHashMap<>();
      for (String name : model.parameterNames()) {
        reference.put(name, new Moments(model.parameter(name).values()));
      }
      TokenBatch batch = TestModels.batch(2, config.vocabularySize(), 6, 4);
      List<LossTerm> terms =
          List.of(
              LossTerm.mean(
                  "ce",
                  TestModels.allRows(batch, -1),
                  new RowTarget.Tokens(new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})));
      double[] clips = {Double.POSITIVE_INFINITY, 0.1, 1e6, 0.5};
      for (int step = 1; step <= clips.length; step++) {
        AdamW adamW = new AdamW(0.01 / step, 0.9, 0.98, 1e-8, 0.1, clips[step - 1]);
        model.accumulate(batch, terms);
        double squares = 0;
        Map<String, double[]> gradients = new LinkedHashMap<>();
        for (String name : model.parameterNames()) {
          float[] found = model.gradient(name).values();
          double[] gradient = new double[found.length];
          for (int i = 0; i < found.length; i++) {
            gradient[i] = found[i];
            squares += gradient[i] * gradient[i];
          }
          gradients.put(name, gradient);
        }
        double norm = model.step(adamW);
        assertThat(norm).isCloseTo(Math.sqrt(squares), within(1e-6 * norm));
        double scale = Math.min(1, adamW.maxGradientNorm() / norm);
        int current = step;
        gradients.forEach(
            (name, gradient) -> {
              for (int i = 0; i < gradient.length; i++) {
                gradient[i] *= scale;
              }
              NamedTensor tensor = model.parameter(name);
              double decay = tensor.shape().length >= 2 ? adamW.weightDecay() : 0;
              Moments moments = Objects.requireNonNull(reference.get(name));
              moments.step(adamW, gradient, decay, current);
              for (int i = 0; i < gradient.length; i++) {
                assertThat((double) tensor.values()[i])
                    .as(name)
                    .isCloseTo(moments.weight[i], within(2e-6));
              }
            });
      }
    }
  }
}
