package ai.kale.train.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.kale.error.UnsupportedCapabilityException;
import ai.kale.spi.tensor.AdamW;
import ai.kale.spi.tensor.EngineOptions;
import ai.kale.spi.tensor.LoraSpec;
import ai.kale.spi.tensor.LossTerm;
import ai.kale.spi.tensor.NamedTensor;
import ai.kale.spi.tensor.Precision;
import ai.kale.spi.tensor.RowSelection;
import ai.kale.spi.tensor.RowTarget;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.spi.tensor.TokenBatch;
import ai.kale.train.checkpoint.DecoderConfig;
import ai.kale.train.reference.Parity;
import ai.kale.train.reference.ReferenceModel;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The engine's options with each architecture: bfloat16, an adapter, checkpointed activations. */
class ArchitectureOptionsTest {
  private static final TokenBatch BATCH = TestModels.batch(6, 11, 6, 1, 9);

  private static List<LossTerm> terms() {
    return List.of(term(RowSelection.LAST_LAYER), term(1));
  }

  private static LossTerm term(int layer) {
    RowSelection rows = TestModels.allRows(BATCH, layer);
    int[] targets = TestModels.tokens(new SplittableRandom(layer + 9), rows.count(), 11);
    return LossTerm.mean("ce " + layer, rows, new RowTarget.Tokens(targets));
  }

  @ParameterizedTest
  @EnumSource
  void brainFloatsStayNearSingles(TestArchitectures architecture) {
    DecoderConfig config = architecture.config();
    EngineOptions brain = EngineOptions.cpu().withPrecision(Precision.BF16);
    try (TensorModel single = TestModels.open(config, 3);
        TensorModel model = TestModels.open(config, 3, brain)) {
      double expected = single.accumulate(BATCH, terms()).total();
      assertThat(model.accumulate(BATCH, terms()).total()).isCloseTo(expected, within(0.05));
      for (String name : model.parameterNames()) {
        assertThat(model.gradient(name).values())
            .as(name)
            .doesNotContain(Float.NaN)
            .hasSameSizeAs(single.gradient(name).values());
      }
      assertThat(model.step(AdamW.withLearningRate(1e-3)))
          .isCloseTo(single.step(AdamW.withLearningRate(1e-3)), within(0.2 * expected));
      assertThat(model.generate(List.of(new int[] {3, 1}), 8).get(0)).hasSize(8);
    }
  }

  @ParameterizedTest
  @EnumSource
  void checkpointedActivationsGiveTheSameGradients(TestArchitectures architecture) {
    DecoderConfig config = architecture.config();
    EngineOptions again = EngineOptions.cpu().withActivationCheckpointing(true).withLogitRows(3);
    try (TensorModel plain = TestModels.open(config, 3);
        TensorModel model = TestModels.open(config, 3, again)) {
      plain.accumulate(BATCH, terms());
      ReferenceModel reference = ReferenceModel.of(model, config);
      Parity.assertLossesAndGradients(model, reference, BATCH, terms(), 1e-5);
    }
  }

  @ParameterizedTest
  @EnumSource
  void adaptersOfAttentionAgree(TestArchitectures architecture) {
    DecoderConfig config = architecture.config();
    LoraSpec spec = LoraSpec.ofRank(2, 5).withTargetModules(LoraSpec.ATTENTION);
    try (TensorModel model = TestModels.open(config, 3, EngineOptions.cpu().withAdapter(spec))) {
      shake(model);
      ReferenceModel reference = ReferenceModel.of(model, config, spec);
      Parity.assertLogProbabilities(model, reference, BATCH, 1e-5);
      Parity.assertLossesAndGradients(model, reference, BATCH, terms(), 1e-5);
    }
  }

  /** B begins at 0, so that without this nothing would be added. */
  private static void shake(TensorModel model) {
    SplittableRandom random = new SplittableRandom(8);
    for (String name : model.trainableParameterNames()) {
      NamedTensor tensor = model.parameter(name);
      for (int i = 0; i < tensor.values().length; i++) {
        tensor.values()[i] += (float) (0.3 * random.nextGaussian());
      }
      model.setParameter(tensor);
    }
  }

  @Test
  void adaptersOfTheRouterAreRefused() {
    LoraSpec spec = LoraSpec.ofRank(2, 5).withTargetModules(List.of("q_proj", "mlp.gate"));
    assertThatThrownBy(
            () ->
                TestModels.open(
                    TestArchitectures.OLMOE.config(), 3, EngineOptions.cpu().withAdapter(spec)))
        .isInstanceOf(UnsupportedCapabilityException.class)
        .hasMessageContaining("mlp.gate");
  }

  /** Hundreds of rows for one expert: their order in its product must not be left to chance. */
  @Test
  void expertsOverHundredsOfTokensGiveTheSameBitsAtEachRun() {
    DecoderConfig config = TestArchitectures.OLMOE.config().toBuilder().maxPositions(512).build();
    TokenBatch batch = TestModels.batch(3, 11, 400, 250);
    RowSelection rows = TestModels.allRows(batch, RowSelection.LAST_LAYER);
    int[] targets = TestModels.tokens(new SplittableRandom(9), rows.count(), 11);
    List<LossTerm> terms = List.of(LossTerm.mean("ce", rows, new RowTarget.Tokens(targets)));
    try (TensorModel model = TestModels.open(config, 3);
        TensorModel again = model.copy()) {
      assertThat(again.accumulate(batch, terms).total())
          .isEqualTo(model.accumulate(batch, terms).total());
      for (String name : model.trainableParameterNames()) {
        assertThat(again.gradient(name).values()).as(name).isEqualTo(model.gradient(name).values());
      }
    }
    assertThat(DecoderScript.source(ComputePlan.plain(config)))
        .contains("torch.sort(torch.flatten(chosen), stable=True,");
  }
}
