package ai.kale.train.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.spi.tensor.EngineOptions;
import ai.kale.spi.tensor.LoraSpec;
import ai.kale.spi.tensor.NamedTensor;
import ai.kale.spi.tensor.Precision;
import ai.kale.spi.tensor.SaveOptions;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.train.checkpoint.Checkpoint;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Number format and file size of saved weights. */
class SaveOptionsTest {
  private static final String WEIGHT = "model.layers.0.self_attn.q_proj.weight";

  private final Path folder;

  SaveOptionsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private TensorModel adapted() {
    EngineOptions options =
        EngineOptions.cpu()
            .withPrecision(Precision.BF16)
            .withAdapter(LoraSpec.ofRank(1, 7).withTargetModules(List.of("q_proj")));
    TensorModel model =
        new DjlTensorEngine().open(LoraFixture.base(folder.resolve("base")), options);
    fill(model, 0, 1);
    fill(model, 1, 1e-6f);
    return model;
  }

  private static void fill(TensorModel model, int index, float value) {
    String name = model.trainableParameterNames().get(index);
    NamedTensor tensor = model.parameter(name);
    Arrays.fill(tensor.values(), value);
    model.setParameter(tensor);
  }

  private float[] saved(String name) {
    try (Checkpoint checkpoint = Checkpoint.open(folder.resolve(name))) {
      return checkpoint.floats(WEIGHT);
    }
  }

  @Test
  void anUpdateBelowTheRoundingOfBfloat16IsKeptInSinglePrecision() {
    try (TensorModel model = adapted()) {
      float[] base = model.parameter(WEIGHT).values();
      model.save(folder.resolve("kept"));
      model.save(folder.resolve("half"), SaveOptions.asKept().withPrecision(Precision.BF16));
      model.save(folder.resolve("full"), SaveOptions.asKept().withPrecision(Precision.F32));
      float[] full = saved("full");
      int swallowed = 0;
      for (int i = 0; i < base.length; i++) {
        assertThat(full[i]).isEqualTo((float) (base[i] + 2e-6));
        swallowed += saved("half")[i] == base[i] ? 1 : 0;
      }
      assertThat(swallowed).isGreaterThan(base.length / 2);
      assertThat(saved("half")).isEqualTo(saved("kept"));
    }
  }

  @Test
  void theFilesAreAsSmallAsAsked() {
    try (TensorModel model = adapted()) {
      Path shards = folder.resolve("shards");
      model.save(shards, SaveOptions.asKept().withMaxFileBytes(1000));
      assertThat(shards.resolve(Checkpoint.INDEX)).exists();
      assertThat(shards.resolve(Checkpoint.WEIGHTS)).doesNotExist();
      model.save(folder.resolve("one"));
      assertThat(folder.resolve("one").resolve(Checkpoint.WEIGHTS)).exists();
      assertThat(saved("shards")).isEqualTo(saved("one"));
    }
    assertThatThrownBy(() -> SaveOptions.asKept().withMaxFileBytes(0))
        .hasMessageContaining("maxFileBytes");
  }
}
