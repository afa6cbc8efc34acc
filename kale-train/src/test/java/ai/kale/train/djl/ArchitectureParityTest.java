package ai.kale.train.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.spi.tensor.LossTerm;
import ai.kale.spi.tensor.RowSelection;
import ai.kale.spi.tensor.RowTarget;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.spi.tensor.TokenBatch;
import ai.kale.train.checkpoint.DecoderConfig;
import ai.kale.train.reference.Parity;
import ai.kale.train.reference.ReferenceModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every switch of every architecture against plain Java in double precision. */
class ArchitectureParityTest {
  private static final double TOLERANCE = 1e-5;

  private static LossTerm answers(TokenBatch batch, int layer, double weight) {
    RowSelection rows = TestModels.allRows(batch, layer);
    int[] targets = TestModels.tokens(new SplittableRandom(layer + 9), rows.count(), 11);
    return new LossTerm("ce " + layer, rows, new RowTarget.Tokens(targets), weight, rows.count());
  }

  @ParameterizedTest
  @EnumSource
  void logProbabilitiesOfAllLayersAgree(TestArchitectures architecture) {
    DecoderConfig config = architecture.config();
    try (TensorModel model = TestModels.open(config, 1)) {
      TokenBatch batch = TestModels.batch(2, config.vocabularySize(), 7, 1, 4, 9);
      ReferenceModel reference = ReferenceModel.of(model, config);
      Parity.assertLogProbabilities(model, reference, batch, TOLERANCE);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyGradientAgrees(TestArchitectures architecture) {
    DecoderConfig config = architecture.config();
    try (TensorModel model = TestModels.open(config, 3)) {
      TokenBatch batch = TestModels.batch(6, config.vocabularySize(), 6, 1, 9);
      List<LossTerm> terms =
          List.of(answers(batch, RowSelection.LAST_LAYER, 1), answers(batch, 1, 0.7));
      ReferenceModel reference = ReferenceModel.of(model, config);
      Parity.assertLossesAndGradients(model, reference, batch, terms, TOLERANCE);
    }
  }

  /** With the key-value cache as without, batched with padding as one by one. */
  @ParameterizedTest
  @EnumSource
  void generationIsRepeatedArgmax(TestArchitectures architecture) {
    DecoderConfig config = architecture.config();
    int vocabulary = config.vocabularySize();
    try (TensorModel model = TestModels.open(config, 5)) {
      List<int[]> prompts = TestModels.batch(8, vocabulary, 5, 1, 12, 3).sequences();
      List<int[]> together = model.generate(prompts, 10);
      for (int p = 0; p < prompts.size(); p++) {
        int[] text = prompts.get(p);
        List<Integer> expected = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
          RowSelection last =
              new RowSelection(RowSelection.LAST_LAYER, new int[] {0}, new int[] {text.length - 1});
          int next = model.topK(new TokenBatch(List.of(text)), last, 1, 1).ids()[0];
          expected.add(next);
          text = Arrays.copyOf(text, text.length + 1);
          text[text.length - 1] = next;
        }
        int[] tokens = expected.stream().mapToInt(Integer::intValue).toArray();
        assertThat(together.get(p)).as("prompt " + p).isEqualTo(tokens);
        assertThat(model.generate(List.of(prompts.get(p)), 10).get(0)).isEqualTo(tokens);
      }
    }
  }
}
