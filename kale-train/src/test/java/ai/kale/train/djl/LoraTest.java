package ai.kale.train.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.InvalidInputException;
import ai.kale.error.UnsupportedCapabilityException;
import ai.kale.spi.tensor.EngineOptions;
import ai.kale.spi.tensor.LoraSpec;
import ai.kale.spi.tensor.SavedAdapter;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.spi.tensor.TokenPredictor;
import ai.kale.train.reference.Parity;
import ai.kale.train.reference.ReferenceModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A low-rank adapter over a frozen model. */
class LoraTest {
  private final Path folder;

  LoraTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private TensorModel open(LoraSpec spec) {
    return new DjlTensorEngine()
        .open(LoraFixture.base(folder.resolve("base")), EngineOptions.cpu().withAdapter(spec));
  }

  private TensorModel openPlain() {
    return new DjlTensorEngine()
        .open(LoraFixture.base(folder.resolve("base")), EngineOptions.cpu());
  }

  private static List<float[]> values(TensorModel model, List<String> names) {
    return names.stream().map(name -> model.parameter(name).values()).toList();
  }

  @Test
  void beginsEqualToItsBaseAndSaysWhatIsTrained() {
    try (TensorModel model = open(LoraSpec.ofRank(2, 7));
        TensorModel plain = openPlain()) {
      assertThat(LoraFixture.logits(model)).isDeepEqualTo(LoraFixture.logits(plain));
      String q = "base_model.model.model.layers.0.self_attn.q_proj.";
      assertThat(model.trainableParameterNames())
          .hasSize(2 * 7 * 3)
          .startsWith(q + "lora_A.weight", q + "lora_B.weight");
      List<String> all = new ArrayList<>(plain.parameterNames());
      all.addAll(model.trainableParameterNames());
      assertThat(model.parameterNames()).isEqualTo(all);
      assertThat(model.parameter(q + "lora_A.weight").shape()).containsExactly(2, 8);
      assertThat(model.parameter(q + "lora_B.weight").shape()).containsExactly(16, 2);
      float bound = (float) (1 / Math.sqrt(8));
      float[] a = model.parameter(q + "lora_A.weight").values();
      assertThat(a).doesNotContain(0f);
      for (float value : a) {
        assertThat(Math.abs(value)).isLessThanOrEqualTo(bound);
      }
      assertThat(model.parameter(q + "lora_B.weight").values()).containsOnly(0);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void predictionsAndGradientsAgreeWithThoseInDoublePrecision(boolean checkpointing) {
    LoraSpec spec = LoraSpec.ofRank(2, 7).withAlpha(3);
    EngineOptions options =
        EngineOptions.cpu().withAdapter(spec).withActivationCheckpointing(checkpointing);
    try (TensorModel model =
        new DjlTensorEngine().open(LoraFixture.base(folder.resolve("base")), options)) {
      LoraFixture.shake(model, 8);
      compareWithReference(model);
    }
  }

  private void compareWithReference(TensorModel model) {
    ReferenceModel reference =
        LoraFixture.reference(folder.resolve("base"), model, folder.resolve("for-reference"));
    Parity.assertLogProbabilities(model, reference, LoraFixture.BATCH, 1e-5);
    Parity.assertLossesAndGradients(model, reference, LoraFixture.BATCH, LoraFixture.terms(), 1e-5);
  }

  @Test
  void theBaseIsFrozenBitForBit() {
    try (TensorModel model = open(LoraSpec.ofRank(2, 7));
        TensorModel plain = openPlain()) {
      List<String> frozen = plain.parameterNames();
      List<float[]> before = values(model, frozen);
      double first = model.evaluate(LoraFixture.BATCH, LoraFixture.terms()).total();
      LoraFixture.train(model, 20);
      assertThat(model.evaluate(LoraFixture.BATCH, LoraFixture.terms()).total())
          .isLessThan(0.9 * first);
      List<float[]> after = values(model, frozen);
      for (int i = 0; i < before.size(); i++) {
        assertThat(after.get(i)).as(frozen.get(i)).isEqualTo(before.get(i));
      }
      assertThatThrownBy(() -> model.gradient(frozen.get(0)))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("frozen");
    }
  }

  @Test
  void theBaseIsReadWithTheAdapterOff() {
    try (TensorModel model = open(LoraSpec.ofRank(2, 7).withDropout(0.3));
        TensorModel plain = openPlain()) {
      assertThat(plain.base()).isEmpty();
      LoraFixture.train(model, 5);
      TokenPredictor base = model.base().orElseThrow();
      assertThat(LoraFixture.logits(base)).isDeepEqualTo(LoraFixture.logits(plain));
      assertThat(LoraFixture.logits(model)).isNotEqualTo(LoraFixture.logits(plain));
      List<int[]> prompts = LoraFixture.BATCH.sequences();
      List<int[]> expected = plain.generate(prompts, 5);
      List<int[]> found = base.generate(prompts, 5);
      for (int i = 0; i < prompts.size(); i++) {
        assertThat(found.get(i)).isEqualTo(expected.get(i));
      }
    }
  }

  @Test
  void theBaseLivesAsLongAsItsModel() {
    TokenPredictor base;
    try (TensorModel model = open(LoraSpec.ofRank(2, 7))) {
      base = model.base().orElseThrow();
      assertThat(LoraFixture.logits(base)).isNotEmpty();
    }
    assertThatThrownBy(() -> LoraFixture.logits(base)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aSavedAdapterGivesTheSameLogitsBitForBitAndMergedWeightsNearlyThem() {
    try (TensorModel model = open(LoraSpec.ofRank(3, 7).withTargetModules(LoraSpec.ATTENTION))) {
      LoraFixture.shake(model, 9);
      model.saveAdapter(folder.resolve("adapter"), "some/base");
      model.save(folder.resolve("merged"));
      EngineOptions saved =
          EngineOptions.cpu().withAdapter(new SavedAdapter(folder.resolve("adapter")));
      double[][] expected = LoraFixture.logits(model);
      try (TensorModel again = new DjlTensorEngine().open(folder.resolve("base"), saved);
          TensorModel merged =
              new DjlTensorEngine().open(folder.resolve("merged"), EngineOptions.cpu());
          TensorModel copy = model.copy()) {
        assertThat(LoraFixture.logits(again)).isDeepEqualTo(expected);
        assertThat(LoraFixture.logits(copy)).isDeepEqualTo(expected);
        assertThat(LoraFixture.largestDifference(LoraFixture.logits(merged), expected))
            .isLessThan(1e-5);
        LoraFixture.train(copy, 1);
        assertThat(LoraFixture.logits(model)).isDeepEqualTo(expected);
      }
    }
  }

  @Test
  void aPatternMayMeanSomeLayersOnly() {
    String pattern = "model\\.layers\\.[12]\\.(self_attn\\.v_proj|mlp\\.down_proj)";
    try (TensorModel model =
        open(LoraSpec.ofRank(2, 7).withTargetModules(List.of(pattern, "0.self_attn.k_proj")))) {
      assertThat(model.trainableParameterNames())
          .containsExactly(
              "base_model.model.model.layers.0.self_attn.k_proj.lora_A.weight",
              "base_model.model.model.layers.0.self_attn.k_proj.lora_B.weight",
              "base_model.model.model.layers.1.self_attn.v_proj.lora_A.weight",
              "base_model.model.model.layers.1.self_attn.v_proj.lora_B.weight",
              "base_model.model.model.layers.1.mlp.down_proj.lora_A.weight",
              "base_model.model.model.layers.1.mlp.down_proj.lora_B.weight",
              "base_model.model.model.layers.2.self_attn.v_proj.lora_A.weight",
              "base_model.model.model.layers.2.self_attn.v_proj.lora_B.weight",
              "base_model.model.model.layers.2.mlp.down_proj.lora_A.weight",
              "base_model.model.model.layers.2.mlp.down_proj.lora_B.weight");
      LoraFixture.shake(model, 8);
      compareWithReference(model);
    }
  }

  @Test
  void termsAboveAllAdaptersGiveNoGradient() {
    try (TensorModel model =
        open(LoraSpec.ofRank(2, 7).withTargetModules(List.of("2.mlp.up_proj")))) {
      LoraFixture.shake(model, 8);
      double loss =
          model.accumulate(LoraFixture.BATCH, List.of(LoraFixture.terms().get(1))).total();
      assertThat(loss).isPositive();
      for (String name : model.trainableParameterNames()) {
        assertThat(model.gradient(name).values()).containsOnly(0);
      }
    }
  }

  @Test
  void aModelWithoutAnAdapterSavesNone() {
    try (TensorModel plain = openPlain()) {
      assertThatThrownBy(() -> plain.saveAdapter(folder.resolve("adapter"), "base"))
          .isInstanceOf(UnsupportedCapabilityException.class)
          .hasMessageContaining("without an adapter");
    }
  }
}
