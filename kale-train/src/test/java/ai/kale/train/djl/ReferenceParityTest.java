package ai.kale.train.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.kale.spi.tensor.Distributions;
import ai.kale.spi.tensor.Divergence;
import ai.kale.spi.tensor.LossTerm;
import ai.kale.spi.tensor.RowSelection;
import ai.kale.spi.tensor.RowTarget;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.spi.tensor.TokenBatch;
import ai.kale.train.checkpoint.DecoderConfig;
import ai.kale.train.reference.Parity;
import ai.kale.train.reference.ReferenceModel;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The engine against plain Java in double precision: logits, every term, every gradient. */
class ReferenceParityTest {
  private static final double TOLERANCE = 1e-5;

  @ParameterizedTest
  @CsvSource({"true,true", "true,false", "false,true", "false,false"})
  void logProbabilitiesOfAllLayersAgree(boolean grouped, boolean tied) {
    DecoderConfig config = TestModels.tiny(grouped, tied);
    try (TensorModel model = TestModels.open(config, 1)) {
      TokenBatch batch = TestModels.batch(2, config.vocabularySize(), 7, 1, 4);
      ReferenceModel reference = ReferenceModel.of(model, config);
      assertThat(Parity.assertLogProbabilities(model, reference, batch, TOLERANCE)).isPositive();
      RowSelection last = TestModels.allRows(batch, RowSelection.LAST_LAYER);
      RowSelection third = TestModels.allRows(batch, 3);
      assertThat(model.topK(batch, last, 3, 1).logProbabilities())
          .isEqualTo(model.topK(batch, third, 3, 1).logProbabilities());
    }
  }

  /** All kinds of terms on several layers, targets with and without a tail, in one pass. */
  private static List<LossTerm> terms(DecoderConfig config, TensorModel teacher, TokenBatch batch) {
    SplittableRandom random = new SplittableRandom(5);
    int vocabulary = config.vocabularySize();
    RowSelection answers = new RowSelection(-1, new int[] {0, 0, 1, 2}, new int[] {5, 6, 0, 3});
    RowSelection bridge = new RowSelection(2, new int[] {0, 2, 2}, new int[] {4, 1, 1});
    RowSelection early = new RowSelection(1, new int[] {2}, new int[] {0});
    List<LossTerm> terms = new ArrayList<>();
    int[] answer = TestModels.tokens(random, 4, vocabulary);
    terms.add(LossTerm.mean("answer", answers, new RowTarget.Tokens(answer)));
    int[] entity = TestModels.tokens(random, 3, vocabulary);
    terms.add(new LossTerm("bridge", bridge, new RowTarget.Tokens(entity), 0.7, 5));
    List<Divergence> kinds = new ArrayList<>(Divergence.named());
    kinds.add(Divergence.jensenShannon(0.1));
    kinds.add(Divergence.jensenShannon(0.9));
    for (Divergence kind : kinds) {
      Distributions top = teacher.topK(batch, answers, 3, 2);
      Distributions whole = teacher.topK(batch, early, vocabulary, 1);
      terms.add(new LossTerm(kind + " top", answers, new RowTarget.Match(kind, 2, top), 1.3, 4));
      terms.add(new LossTerm(kind + " whole", early, new RowTarget.Match(kind, 1, whole), -0.4, 1));
    }
    return terms;
  }

  @ParameterizedTest
  @CsvSource({"true,true", "true,false", "false,true", "false,false"})
  void termsAndGradientsAgree(boolean grouped, boolean tied) {
    DecoderConfig config = TestModels.tiny(grouped, tied);
    try (TensorModel model = TestModels.open(config, 3);
        TensorModel teacher = TestModels.open(config, 4)) {
      TokenBatch batch = TestModels.batch(6, config.vocabularySize(), 7, 1, 4);
      List<LossTerm> terms = terms(config, teacher, batch);
      ReferenceModel reference = ReferenceModel.of(model, config);
      Parity.assertLossesAndGradients(model, reference, batch, terms, TOLERANCE);
      for (LossTerm term : terms) {
        Parity.assertLossesAndGradients(model, reference, batch, List.of(term), TOLERANCE);
      }
      assertThat(model.evaluate(batch, terms).values())
          .containsExactly(reference.evaluate(batch, terms).values(), within(TOLERANCE));
    }
  }

  /** Layers above the deepest one that is read get no gradient. */
  @ParameterizedTest
  @CsvSource({"true", "false"})
  void gradientsThroughTheLensAgree(boolean tied) {
    DecoderConfig config = TestModels.tiny(true, tied);
    try (TensorModel model = TestModels.open(config, 7)) {
      TokenBatch batch = TestModels.batch(8, config.vocabularySize(), 5, 3);
      RowSelection rows = new RowSelection(2, new int[] {0, 1}, new int[] {3, 2});
      List<LossTerm> terms =
          List.of(LossTerm.mean("lens", rows, new RowTarget.Tokens(new int[] {1, 2})));
      ReferenceModel reference = ReferenceModel.of(model, config);
      Parity.assertLossesAndGradients(model, reference, batch, terms, TOLERANCE);
      assertThat(model.gradient("model.layers.2.mlp.up_proj.weight").values()).containsOnly(0);
    }
  }
}
