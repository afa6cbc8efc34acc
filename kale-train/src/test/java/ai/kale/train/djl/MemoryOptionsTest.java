package ai.kale.train.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.kale.spi.tensor.AdamW;
import ai.kale.spi.tensor.Distributions;
import ai.kale.spi.tensor.Divergence;
import ai.kale.spi.tensor.EngineOptions;
import ai.kale.spi.tensor.LoraSpec;
import ai.kale.spi.tensor.LossTerm;
import ai.kale.spi.tensor.NamedTensor;
import ai.kale.spi.tensor.RowSelection;
import ai.kale.spi.tensor.RowTarget;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.spi.tensor.TokenBatch;
import ai.kale.train.checkpoint.DecoderConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options that save memory: the same values, gradients and distributions with and without. */
class MemoryOptionsTest {
  private static final TokenBatch BATCH = TestModels.batch(6, 11, 7, 1, 4);
  private static final RowSelection ANSWERS =
      new RowSelection(-1, new int[] {0, 0, 1, 2, 2}, new int[] {5, 6, 0, 3, 1});

  /** All kinds of terms on three layers, two selections on the last. */
  private static List<LossTerm> terms(TensorModel teacher) {
    SplittableRandom random = new SplittableRandom(5);
    RowSelection bridge = new RowSelection(2, new int[] {0, 2, 2, 0}, new int[] {4, 1, 1, 0});
    RowSelection early = new RowSelection(1, new int[] {2, 0}, new int[] {0, 3});
    RowSelection other = new RowSelection(3, new int[] {2, 0}, new int[] {2, 5});
    List<LossTerm> terms = new ArrayList<>();
    terms.add(LossTerm.mean("answer", ANSWERS, tokens(random, 5)));
    terms.add(new LossTerm("bridge", bridge, tokens(random, 4), 0.7, 5));
    terms.add(LossTerm.mean("other", other, tokens(random, 2)));
    for (Divergence kind : Divergence.named()) {
      Distributions top = teacher.topK(BATCH, ANSWERS, 3, 2);
      Distributions whole = teacher.topK(BATCH, early, 11, 1);
      terms.add(new LossTerm(kind + " top", ANSWERS, new RowTarget.Match(kind, 2, top), 1.3, 4));
      terms.add(new LossTerm(kind + " whole", early, new RowTarget.Match(kind, 1, whole), 0.4, 1));
    }
    return terms;
  }

  private static RowTarget.Tokens tokens(SplittableRandom random, int count) {
    return new RowTarget.Tokens(TestModels.tokens(random, count, 11));
  }

  private static void compare(DecoderConfig config, EngineOptions options) {
    EngineOptions usual =
        new EngineOptions("cpu", options.precision(), options.adapter(), false, 0);
    try (TensorModel plain = TestModels.open(config, 3, usual);
        TensorModel saving = TestModels.open(config, 3, options);
        TensorModel teacher = TestModels.open(config, 4)) {
      for (String name : plain.trainableParameterNames()) {
        if (name.contains("lora_B")) {
          NamedTensor tensor = plain.parameter(name);
          for (int i = 0; i < tensor.values().length; i++) {
            tensor.values()[i] = i % 3 - 1;
          }
          plain.setParameter(tensor);
          saving.setParameter(tensor);
        }
      }
      List<LossTerm> terms = terms(teacher);
      assertThat(saving.evaluate(BATCH, terms).values())
          .containsExactly(plain.evaluate(BATCH, terms).values(), within(1e-6));
      assertThat(saving.accumulate(BATCH, terms).values())
          .containsExactly(plain.accumulate(BATCH, terms).values(), within(1e-6));
      for (String name : plain.trainableParameterNames()) {
        float[] gradient = plain.gradient(name).values();
        double size = 0;
        for (float value : gradient) {
          size = Math.max(size, Math.abs(value));
        }
        assertThat(size).as(name).isPositive();
        assertThat(saving.gradient(name).values())
            .as(name)
            .containsExactly(gradient, within((float) (3e-6 * size)));
      }
      assertThat(saving.step(AdamW.withLearningRate(1e-3)))
          .isCloseTo(plain.step(AdamW.withLearningRate(1e-3)), within(1e-5));
    }
  }

  @ParameterizedTest
  @CsvSource({"1,true", "1,false", "3,true", "3,false", "4,true", "100,false"})
  void aLossInPiecesIsTheWholeLoss(int rows, boolean tied) {
    compare(TestModels.tiny(true, tied), EngineOptions.cpu().withLogitRows(rows));
  }

  @ParameterizedTest
  @CsvSource({"0,true", "0,false", "2,true", "2,false"})
  void blocksComputedAgainGiveTheSameGradients(int rows, boolean tied) {
    compare(
        TestModels.tiny(false, tied),
        EngineOptions.cpu().withActivationCheckpointing(true).withLogitRows(rows));
  }

  @ParameterizedTest
  @CsvSource({"q_proj,false", "'model\\.layers\\.[12]\\..*(v|up)_proj',true", "down_proj,true"})
  void anAdapterWithDropoutGetsTheSameGradients(String modules, boolean again) {
    LoraSpec spec = LoraSpec.ofRank(2, 5).withDropout(0.3).withTargetModules(List.of(modules));
    compare(
        TestModels.tiny(true, true),
        EngineOptions.cpu().withAdapter(spec).withActivationCheckpointing(again).withLogitRows(2));
  }

  @Test
  void anAdapterAboveTheLayersThatAreReadGetsNoGradient() {
    LoraSpec spec =
        LoraSpec.ofRank(2, 5).withTargetModules(List.of("model\\.layers\\.2\\..*_proj"));
    RowSelection rows = new RowSelection(2, new int[] {0, 1}, new int[] {3, 0});
    RowTarget target = new RowTarget.Tokens(new int[] {1, 2});
    try (TensorModel plain = TestModels.open(TestModels.tiny(true, true), 3);
        TensorModel adapted =
            TestModels.open(
                TestModels.tiny(true, true), 3, EngineOptions.cpu().withAdapter(spec))) {
      List<LossTerm> lens = List.of(LossTerm.mean("lens", rows, target));
      assertThat(adapted.accumulate(BATCH, lens).values())
          .containsExactly(plain.evaluate(BATCH, lens).values(), within(1e-6));
      for (String name : adapted.trainableParameterNames()) {
        assertThat(adapted.gradient(name).values()).containsOnly(0);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void aLossOnAMiddleLayerAloneReachesNoLayerAbove(boolean again) {
    RowSelection rows = new RowSelection(2, new int[] {0, 1}, new int[] {3, 0});
    List<LossTerm> lens =
        List.of(LossTerm.mean("lens", rows, new RowTarget.Tokens(new int[] {1, 2})));
    EngineOptions options = EngineOptions.cpu().withActivationCheckpointing(again).withLogitRows(1);
    try (TensorModel plain = TestModels.open(TestModels.tiny(true, false), 7);
        TensorModel saving = TestModels.open(TestModels.tiny(true, false), 7, options)) {
      plain.accumulate(BATCH, lens);
      saving.accumulate(BATCH, lens);
      assertThat(saving.gradient("model.layers.2.mlp.up_proj.weight").values()).containsOnly(0);
      for (String name :
          List.of("model.layers.0.mlp.up_proj.weight", "model.embed_tokens.weight")) {
        assertThat(saving.gradient(name).values())
            .containsExactly(plain.gradient(name).values(), within(1e-6f));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"3,1", "3,2", "11,2"})
  void distributionsReadInPiecesAreTheSame(int k, int rows) {
    DecoderConfig config = TestModels.tiny(true, true);
    try (TensorModel plain = TestModels.open(config, 3);
        TensorModel saving = TestModels.open(config, 3, EngineOptions.cpu().withLogitRows(rows))) {
      Distributions expected = plain.topK(BATCH, ANSWERS, k, 0.7);
      Distributions found = saving.topK(BATCH, ANSWERS, k, 0.7);
      assertThat(found.ids()).containsExactly(expected.ids());
      assertThat(found.logProbabilities())
          .containsExactly(expected.logProbabilities(), within(1e-5f));
      int[] targets = {1, 2, 3, 4, 5};
      assertThat(saving.logProbabilities(BATCH, ANSWERS, targets))
          .containsExactly(plain.logProbabilities(BATCH, ANSWERS, targets), within(1e-5f));
    }
  }

  @Test
  void aSecondPassAddsToTheFirst() {
    EngineOptions options = EngineOptions.cpu().withActivationCheckpointing(true);
    try (TensorModel model = TestModels.open(TestModels.tiny(true, true), 3, options);
        TensorModel teacher = TestModels.open(TestModels.tiny(true, true), 4)) {
      List<LossTerm> terms = terms(teacher);
      model.accumulate(BATCH, terms);
      float[] once = model.gradient("model.embed_tokens.weight").values();
      model.accumulate(BATCH, terms);
      float[] twice = model.gradient("model.embed_tokens.weight").values();
      for (int i = 0; i < once.length; i++) {
        assertThat(twice[i]).isCloseTo(2 * once[i], within(1e-5f));
      }
    }
  }
}
