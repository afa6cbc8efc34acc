package ai.kale.train.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.spi.tensor.TensorModel;
import ai.kale.train.checkpoint.DecoderConfig;
import java.util.HashMap;
import java.util.Map;

/** A reference decoder with W + scale · B A in the place of each adapted W, in double precision. */
final class LoraReference {
  private static final double STEP = 1e-5;
  private static final String PREFIX = "base_model.model.";

  private final ReferenceDecoder decoder;
  private final double scale;
  private final Map<String, double[]> adapter = new HashMap<>();
  private final Map<String, double[]> frozen = new HashMap<>();
  private final int rank;

  LoraReference(DecoderConfig config, TensorModel model, double scale) {
    this.decoder = new ReferenceDecoder(config, model);
    this.scale = scale;
    for (String name : model.trainableParameterNames()) {
      adapter.put(name, decoder.weight(name));
      frozen.put(weight(name), decoder.weight(weight(name)).clone());
    }
    String first = model.trainableParameterNames().get(0);
    this.rank = (int) model.parameter(first).shape()[0];
    model.trainableParameterNames().forEach(this::merge);
  }

  private static String weight(String name) {
    return name.substring(PREFIX.length()).replaceAll("\\.lora_[AB]\\.weight$", ".weight");
  }

  double loss() {
    return decoder.loss(LoraFixture.BATCH, LoraFixture.terms());
  }

  private double[] tensor(String name) {
    return java.util.Objects.requireNonNull(adapter.get(name), name);
  }

  private void merge(String name) {
    double[] a = tensor(name.replace("lora_B", "lora_A"));
    double[] b = tensor(name.replace("lora_A", "lora_B"));
    double[] base = java.util.Objects.requireNonNull(frozen.get(weight(name)));
    double[] target = decoder.weight(weight(name));
    int inputs = a.length / rank;
    for (int o = 0; o < b.length / rank; o++) {
      for (int i = 0; i < inputs; i++) {
        double sum = 0;
        for (int r = 0; r < rank; r++) {
          sum += b[o * rank + r] * a[r * inputs + i];
        }
        target[o * inputs + i] = base[o * inputs + i] + scale * sum;
      }
    }
  }

  /** Compares a gradient with differences of the loss; relative error of 1e-5. */
  void compare(String name, float[] gradient) {
    double[] values = tensor(name);
    double error = 0;
    double size = 0;
    for (int i = 0; i < values.length; i++) {
      double original = values[i];
      values[i] = original + STEP;
      merge(name);
      double above = loss();
      values[i] = original - STEP;
      merge(name);
      double below = loss();
      values[i] = original;
      double expected = (above - below) / (2 * STEP);
      error += (gradient[i] - expected) * (gradient[i] - expected);
      size += expected * expected;
    }
    merge(name);
    assertThat(Math.sqrt(error)).as(name).isLessThanOrEqualTo(1e-5 * Math.sqrt(size) + 1e-7);
    assertThat(size).as(name).isPositive();
  }
}
