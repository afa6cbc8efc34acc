package ai.kale.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.UnsupportedCapabilityException;
import ai.kale.run.RunContext;
import ai.kale.spi.tensor.EngineOptions;
import ai.kale.spi.tensor.LoraSpec;
import ai.kale.train.djl.DjlTensorEngine;
import ai.kale.train.io.Json;
import ai.kale.train.objective.Objectives;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The trainer with a low-rank adapter: what it writes, and that it can be opened. */
class AdapterTrainingTest {
  private final Path folder;

  AdapterTrainingTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private FineTunedModel train(Path base, EngineOptions options) {
    return KaleTrainer.builder()
        .engine(new DjlTensorEngine())
        .engineOptions(options)
        .checkpoint(base)
        .objective(Objectives.sft())
        .schedule(Schedule.of(60, 2e-2, 1))
        .batchSize(10)
        .maxNewTokens(24)
        .build()
        .train(TinyWorld.questions(), RunContext.silent());
  }

  @Test
  void anAdapterLearnsAndIsOpenedAloneOrMerged() throws IOException {
    Path base = TinyWorld.checkpoint(folder.resolve("tiny-base"));
    LoraSpec spec = LoraSpec.ofRank(8, 3).withDropout(0.05);
    Path adapter = folder.resolve("adapter");
    Path merged = folder.resolve("merged");
    List<String> expected;
    try (FineTunedModel model = train(base, EngineOptions.cpu().withAdapter(spec))) {
      assertThat(KaleTrainerTest.accuracy(model)).isGreaterThan(0.5);
      expected = model.answerQuestions(KaleTrainerTest.plain());
      model.saveAdapter(adapter);
      model.saveAdapter(adapter, "someone/tiny-base");
      model.save(merged);
    }
    JsonNode config = Json.read(adapter.resolve("adapter_config.json"));
    assertThat(config.path("base_model_name_or_path").asText()).isEqualTo("someone/tiny-base");
    assertThat(Files.readString(adapter.resolve("README.md")))
        .startsWith("---\nbase_model: \"someone/tiny-base\"\nlibrary_name: peft\n")
        .contains("- lora\n", "data.hash", "objective", "| seed | 1 |", "version.kale");
    assertThat(Files.readString(merged.resolve("README.md")))
        .startsWith("---\nbase_model: \"tiny-base\"\nlibrary_name: transformers\n");
    assertThat(adapter.resolve("tokenizer.json")).exists();
    assertThat(adapter.resolve("model.safetensors")).doesNotExist();
    try (FineTunedModel alone =
            FineTunedModel.openAdapter(
                base, adapter, new DjlTensorEngine(), EngineOptions.cpu(), 24);
        FineTunedModel whole =
            FineTunedModel.open(merged, new DjlTensorEngine(), EngineOptions.cpu(), 24)) {
      assertThat(alone.answerQuestions(KaleTrainerTest.plain())).isEqualTo(expected);
      assertThat(whole.answerQuestions(KaleTrainerTest.plain())).isEqualTo(expected);
    }
  }

  @Test
  void aModelWithoutAnAdapterSavesNone() {
    Path base = TinyWorld.checkpoint(folder.resolve("base"));
    try (FineTunedModel model = train(base, EngineOptions.cpu())) {
      assertThatThrownBy(() -> model.saveAdapter(folder.resolve("adapter")))
          .isInstanceOf(UnsupportedCapabilityException.class);
      assertThat(folder.resolve("adapter")).doesNotExist();
    }
  }
}
