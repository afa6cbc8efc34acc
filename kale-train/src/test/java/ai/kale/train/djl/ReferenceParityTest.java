package ai.kale.train.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.kale.spi.tensor.Distributions;
import ai.kale.spi.tensor.Divergence;
import ai.kale.spi.tensor.LossTerm;
import ai.kale.spi.tensor.RowSelection;
import ai.kale.spi.tensor.RowTarget;
import ai.kale.spi.tensor.StepLosses;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.spi.tensor.TokenBatch;
import ai.kale.train.checkpoint.DecoderConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The engine against plain Java in double precision: logits, every term, every gradient. */
class ReferenceParityTest {
  private static final double STEP = 1e-5;

  @ParameterizedTest
  @CsvSource({"true,true", "true,false", "false,true", "false,false"})
  void logProbabilitiesOfAllLayersAgree(boolean grouped, boolean tied) {
    DecoderConfig config = TestModels.tiny(grouped, tied);
    try (TensorModel model = TestModels.open(config, 1)) {
      ReferenceDecoder reference = new ReferenceDecoder(config, model);
      TokenBatch batch = TestModels.batch(2, config.vocabularySize(), 7, 1, 4);
      for (int layer : new int[] {1, 2, 3, RowSelection.LAST_LAYER}) {
        RowSelection rows = TestModels.allRows(batch, layer);
        double[][] found =
            TestModels.dense(
                model.topK(batch, rows, config.vocabularySize(), 1), config.vocabularySize());
        for (int i = 0; i < rows.count(); i++) {
          int[] sequence = batch.sequences().get(rows.sequences()[i]);
          double[] logits = reference.logits(sequence, layer).get(rows.positions()[i]);
          assertThat(found[i])
              .containsExactly(ReferenceDecoder.logProbabilities(logits, 1), within(1e-5));
        }
      }
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
    terms.add(
        LossTerm.mean(
            "answer", answers, new RowTarget.Tokens(TestModels.tokens(random, 4, vocabulary))));
    terms.add(
        new LossTerm(
            "bridge",
            bridge,
            new RowTarget.Tokens(TestModels.tokens(random, 3, vocabulary)),
            0.7,
            5));
    for (Divergence kind : Divergence.named()) {
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
      ReferenceDecoder reference = new ReferenceDecoder(config, model);
      TokenBatch batch = TestModels.batch(6, config.vocabularySize(), 7, 1, 4);
      List<LossTerm> terms = terms(config, teacher, batch);
      StepLosses losses = model.accumulate(batch, terms);
      for (int i = 0; i < terms.size(); i++) {
        assertThat(losses.values()[i])
            .as(terms.get(i).name())
            .isCloseTo(reference.loss(batch, List.of(terms.get(i))), within(2e-6));
      }
      assertThat(model.evaluate(batch, terms).values())
          .containsExactly(losses.values(), within(1e-6));
      compareGradients(model, reference, batch, terms);
    }
  }

  /** Layers above the deepest one that is read get no gradient. */
  @ParameterizedTest
  @CsvSource({"true", "false"})
  void gradientsThroughTheLensAgree(boolean tied) {
    DecoderConfig config = TestModels.tiny(true, tied);
    try (TensorModel model = TestModels.open(config, 7)) {
      ReferenceDecoder reference = new ReferenceDecoder(config, model);
      TokenBatch batch = TestModels.batch(8, config.vocabularySize(), 5, 3);
      RowSelection rows = new RowSelection(2, new int[] {0, 1}, new int[] {3, 2});
      List<LossTerm> terms =
          List.of(LossTerm.mean("lens", rows, new RowTarget.Tokens(new int[] {1, 2})));
      model.accumulate(batch, terms);
      assertThat(model.gradient("model.layers.2.mlp.up_proj.weight").values()).containsOnly(0);
      compareGradients(model, reference, batch, terms);
    }
  }

  private static void compareGradients(
      TensorModel model, ReferenceDecoder reference, TokenBatch batch, List<LossTerm> terms) {
    for (String name : model.parameterNames()) {
      float[] gradient = model.gradient(name).values();
      double[] weight = reference.weight(name);
      double error = 0;
      double size = 0;
      for (int i = 0; i < weight.length; i++) {
        double original = weight[i];
        weight[i] = original + STEP;
        double above = reference.loss(batch, terms);
        weight[i] = original - STEP;
        double below = reference.loss(batch, terms);
        weight[i] = original;
        double expected = (above - below) / (2 * STEP);
        error += (gradient[i] - expected) * (gradient[i] - expected);
        size += expected * expected;
      }
      assertThat(Math.sqrt(error)).as(name).isLessThanOrEqualTo(1e-5 * Math.sqrt(size) + 1e-7);
    }
  }
}
