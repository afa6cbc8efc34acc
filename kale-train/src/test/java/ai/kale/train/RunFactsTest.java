package ai.kale.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.SetupException;
import ai.kale.run.LibraryVersion;
import ai.kale.run.RunContext;
import ai.kale.spi.tensor.AdapterSource;
import ai.kale.spi.tensor.EngineOptions;
import ai.kale.spi.tensor.LoraSpec;
import ai.kale.spi.tensor.Precision;
import ai.kale.spi.tensor.SavedAdapter;
import ai.kale.train.djl.DjlTensorEngine;
import ai.kale.train.objective.Objectives;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run is known by: what a model card tells, and what a checkpoint is refused for. */
class RunFactsTest {
  private final Path folder;
  private final Path base;

  RunFactsTest(@TempDir Path folder) {
    this.folder = folder;
    this.base = TinyWorld.checkpoint(folder.resolve("base"));
  }

  private FineTunedModel train(EngineOptions options) {
    return KaleTrainer.builder()
        .engine(new DjlTensorEngine())
        .engineOptions(options)
        .checkpoint(base)
        .objective(Objectives.sft())
        .schedule(Schedule.of(1, 5e-3, 1))
        .checkpoints(folder.resolve("run"), 1)
        .build()
        .train(TinyWorld.questions(), RunContext.silent());
  }

  private static EngineOptions with(AdapterSource adapter) {
    return EngineOptions.cpu().withAdapter(adapter);
  }

  private void assertRefused(EngineOptions options) {
    assertThatThrownBy(() -> train(options).close())
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("step 1 belongs to a run with another");
  }

  @Test
  void theCardTellsWhatComputed() {
    try (FineTunedModel model = train(EngineOptions.cpu())) {
      Map<String, String> facts = model.provenance().facts();
      assertThat(facts)
          .containsEntry("engine", "djl-pytorch")
          .containsEntry("version.kale", LibraryVersion.current());
      assertThat(facts.get("version.engine")).matches("DJL \\d+\\..+, libtorch 2\\..+, threads 1");
      assertThat(facts.get("passes")).contains("tokens=8192");
    }
  }

  @Test
  void anotherNumberFormatOrAdapterIsAnotherRun() {
    train(with(LoraSpec.ofRank(2, 1))).close();
    assertRefused(with(LoraSpec.ofRank(2, 1)).withPrecision(Precision.BF16));
    assertRefused(with(LoraSpec.ofRank(3, 1)));
    assertRefused(EngineOptions.cpu());
    train(with(LoraSpec.ofRank(2, 1))).close();
  }

  @Test
  void aSavedAdapterIsKnownByWhatItHolds() {
    Path adapter = folder.resolve("adapter");
    saveAdapter(adapter, 1);
    train(with(new SavedAdapter(adapter))).close();
    train(with(new SavedAdapter(adapter))).close();
    saveAdapter(adapter, 2);
    assertRefused(with(new SavedAdapter(adapter)));
  }

  private void saveAdapter(Path adapter, long seed) {
    try (var model = new DjlTensorEngine().open(base, with(LoraSpec.ofRank(2, seed)))) {
      model.saveAdapter(adapter, "base");
    }
  }
}
