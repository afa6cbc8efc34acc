package ai.kale.train.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.spi.tensor.Distributions;
import ai.kale.spi.tensor.EngineOptions;
import ai.kale.spi.tensor.LoraSpec;
import ai.kale.spi.tensor.LossTerm;
import ai.kale.spi.tensor.Precision;
import ai.kale.spi.tensor.RowSelection;
import ai.kale.spi.tensor.RowTarget;
import ai.kale.spi.tensor.SavedAdapter;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.spi.tensor.TokenBatch;
import ai.kale.train.checkpoint.DecoderConfig;
import ai.kale.train.checkpoint.DecoderInitializer;
import ai.kale.train.reference.Parity;
import ai.kale.train.reference.ReferenceModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Adapters and bfloat16 on every architecture. */
class AdaptedArchitecturesTest {
  private static final TokenBatch BATCH = TestModels.batch(6, 11, 6, 1, 9);

  private final Path folder;

  AdaptedArchitecturesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static List<LossTerm> terms() {
    RowSelection rows = TestModels.allRows(BATCH, RowSelection.LAST_LAYER);
    int[] targets = TestModels.tokens(new SplittableRandom(9), rows.count(), 11);
    return List.of(LossTerm.mean("ce", rows, new RowTarget.Tokens(targets)));
  }

  private Path base(TestArchitectures architecture) {
    DecoderInitializer.create(folder.resolve("base"), architecture.config(), 3);
    return folder.resolve("base");
  }

  @ParameterizedTest
  @EnumSource(names = {"LLAMA_TIED", "QWEN2", "GEMMA2", "OLMOE_CLIPPED"})
  void adaptersOnAllProjectionsAgreeWithDoublePrecision(TestArchitectures architecture) {
    EngineOptions options = EngineOptions.cpu().withAdapter(LoraSpec.ofRank(2, 7));
    try (TensorModel model = new DjlTensorEngine().open(base(architecture), options)) {
      LoraFixture.shake(model, 8);
      ReferenceModel reference =
          LoraFixture.reference(folder.resolve("base"), model, folder.resolve("adapter"));
      Parity.assertLogProbabilities(model, reference, BATCH, 1e-5);
      Parity.assertLossesAndGradients(model, reference, BATCH, terms(), 1e-5);
      model.save(folder.resolve("merged"));
      try (TensorModel merged =
          new DjlTensorEngine().open(folder.resolve("merged"), EngineOptions.cpu())) {
        assertThat(difference(model, merged, architecture.config())).isLessThan(1e-5);
      }
    }
  }

  @Test
  void slotsInNoOrderAndWithScalesOfTheirOwnAgreeWithDoublePrecisionAndMergedWeights()
      throws IOException {
    List<String> targets =
        List.of("model\\.layers\\.\\d\\.mlp\\.experts\\.[013]\\..*", "1.self_attn.q_proj");
    LoraSpec spec = LoraSpec.ofRank(2, 7).withTargetModules(targets);
    Path base = base(TestArchitectures.OLMOE_CLIPPED);
    Path adapter = folder.resolve("drawn");
    try (TensorModel model =
        new DjlTensorEngine().open(base, EngineOptions.cpu().withAdapter(spec))) {
      LoraFixture.shake(model, 8);
      ReferenceModel reference = LoraFixture.reference(base, model, adapter);
      Parity.assertLossesAndGradients(model, reference, BATCH, terms(), 1e-5);
    }
    Path config = adapter.resolve("adapter_config.json");
    String alphas = "\"alpha_pattern\": {\"0.mlp.experts.3.up_proj\": 9, \"down_proj\": 5}";
    String text = Files.readString(config);
    Files.writeString(config, text.replaceFirst("\"alpha_pattern\" *: *\\{ *}", alphas));
    EngineOptions saved = EngineOptions.cpu().withAdapter(new SavedAdapter(adapter));
    try (TensorModel model = new DjlTensorEngine().open(base, saved)) {
      model.save(folder.resolve("merged"));
      try (TensorModel merged =
          new DjlTensorEngine().open(folder.resolve("merged"), EngineOptions.cpu())) {
        DecoderConfig tiny = TestArchitectures.OLMOE_CLIPPED.config();
        assertThat(difference(model, merged, tiny)).isLessThan(1e-5);
      }
      assertThat(Files.readString(config)).contains(alphas);
    }
  }

  /**
   * Each value passes some 30 roundings of up to 2^-9, which add up like independent errors to
   * about 0.01 of the largest one. Routing may turn at a rounding, so of experts only the order is
   * asked.
   */
  @ParameterizedTest
  @EnumSource(
      names = {"LLAMA3_ROPE", "MISTRAL", "QWEN2_TIED_WINDOW_ABOVE", "GEMMA2_TIGHT_CAPS", "OLMOE"})
  void bfloat16IsCloseToSinglePrecision(TestArchitectures architecture) {
    DecoderConfig config = architecture.config();
    EngineOptions options = EngineOptions.cpu().withPrecision(Precision.BF16);
    for (EngineOptions half : List.of(options, options.withAdapter(LoraSpec.ofRank(2, 7)))) {
      try (TensorModel model = new DjlTensorEngine().open(base(architecture), half);
          TensorModel exact =
              new DjlTensorEngine().open(folder.resolve("base"), EngineOptions.cpu())) {
        double share = config.experts().isPresent() ? 0.5 : 0.04;
        double largest = share * largest(exact, config);
        assertThat(difference(model, exact, config)).isBetween(1e-6, largest);
        double loss = exact.evaluate(BATCH, terms()).total();
        assertThat(model.accumulate(BATCH, terms()).total())
            .isBetween(loss - largest, loss + largest);
        for (String name : model.trainableParameterNames()) {
          for (float value : model.gradient(name).values()) {
            assertThat(value).isFinite();
          }
        }
        assertThat(model.generate(BATCH.sequences(), 5)).hasSize(3);
      }
    }
  }

  private static float[] dense(TensorModel model, DecoderConfig config) {
    RowSelection rows = TestModels.allRows(BATCH, RowSelection.LAST_LAYER);
    Distributions all = model.topK(BATCH, rows, config.vocabularySize(), 1);
    float[] dense = new float[all.ids().length];
    for (int i = 0; i < dense.length; i++) {
      dense[i / all.k() * all.k() + all.ids()[i]] = all.logProbabilities()[i];
    }
    return dense;
  }

  private static double largest(TensorModel model, DecoderConfig config) {
    double largest = 0;
    for (float value : dense(model, config)) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  private static double difference(TensorModel a, TensorModel b, DecoderConfig config) {
    float[] first = dense(a, config);
    float[] second = dense(b, config);
    double worst = 0;
    for (int i = 0; i < first.length; i++) {
      worst = Math.max(worst, Math.abs(first[i] - second[i]));
    }
    return worst;
  }
}
