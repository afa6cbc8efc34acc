package ai.kale.train.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.kale.train.checkpoint.DecoderConfig;
import ai.kale.train.checkpoint.RotaryConfig;
import ai.kale.train.checkpoint.RotaryScaling;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What single switches do to the results of the reference engine. */
class ReferenceModelTest {
  private static final int[] TEXT = {1, 9, 4, 4, 0, 7, 10};

  private static ReferenceModel model(String name) {
    DecoderConfig config = Objects.requireNonNull(TinyDecoders.all().get(name));
    return TinyDecoders.model(config, 5);
  }

  /** Llama and Mistral have the same parameters; the window of 3 begins to matter at position 3. */
  @Test
  void aWindowHidesOnlyWhatIsFartherBack() {
    double[][] all = model("llama").logits(TEXT, 1);
    double[][] near = model("mistral").logits(TEXT, 1);
    for (int t = 0; t < TEXT.length; t++) {
      if (t < 3) {
        assertThat(near[t]).isEqualTo(all[t]);
      } else {
        assertThat(near[t][0]).isNotCloseTo(all[t][0], within(1e-6));
      }
    }
    int[] otherStart = TEXT.clone();
    otherStart[0] = 8;
    assertThat(model("mistral").logits(otherStart, 1)[3]).isEqualTo(near[3]);
    assertThat(model("llama").logits(otherStart, 1)[3]).isNotEqualTo(all[3]);
  }

  /** Layer 2 of Qwen here has a window of 2, layer 1 none. */
  @Test
  void windowsBelongToLayers() {
    int[] otherStart = TEXT.clone();
    otherStart[0] = 8;
    ReferenceModel qwen = model("qwen 2");
    assertThat(qwen.logits(otherStart, 1)[6]).isNotEqualTo(qwen.logits(TEXT, 1)[6]);
  }

  @Test
  void cappedLogitsStayBelowTheCapAtEveryLayer() {
    ReferenceModel gemma = model("gemma 2");
    gemma.exactValues("model.embed_tokens.weight")[3] = 50;
    for (int layer = 1; layer <= 2; layer++) {
      double largest = 0;
      for (double[] row : gemma.logits(TEXT, layer)) {
        for (double logit : row) {
          largest = Math.max(largest, Math.abs(logit));
        }
      }
      assertThat(largest).isBetween(1.0, 1.5);
    }
  }

  /** Both routes to the frequencies: this engine's over wavelengths, the library's over angles. */
  @Test
  void rotationsTurnByTheConfiguredFrequencies() {
    List<RotaryScaling> scalings =
        List.of(
            new RotaryScaling.None(),
            new RotaryScaling.Linear(4),
            new RotaryScaling.Llama3(8, 1, 4, 64));
    for (RotaryScaling scaling : scalings) {
      RotaryConfig config = new RotaryConfig(1000, scaling);
      double[] frequencies = config.frequencies(8);
      for (int j = 0; j < 4; j++) {
        Matrix x = new Matrix(4, 8);
        x.value[x.at(3, j)] = 1;
        Matrix turned = new Rotation(config, 8).rotate(new Tape(), x);
        assertThat(turned.get(3, j)).isCloseTo(Math.cos(3 * frequencies[j]), within(1e-12));
        assertThat(turned.get(3, j + 4)).isCloseTo(Math.sin(3 * frequencies[j]), within(1e-12));
      }
    }
  }
}
