package ai.kale.tck;

import static ai.kale.tck.TensorAdapterContract.PREFIX;
import static ai.kale.tck.TensorAdapterContract.SPEC;
import static ai.kale.tck.TensorAdapterContract.base;
import static ai.kale.tck.TensorAdapterContract.read;
import static ai.kale.tck.TensorAdapterContract.trained;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.kale.error.CorruptFileException;
import ai.kale.error.SetupException;
import ai.kale.spi.tensor.EngineOptions;
import ai.kale.spi.tensor.LoraSpec;
import ai.kale.spi.tensor.NamedTensor;
import ai.kale.spi.tensor.SavedAdapter;
import ai.kale.spi.tensor.TensorEngine;
import ai.kale.spi.tensor.TensorModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** How every {@link TensorEngine} saves, merges and continues a low-rank adapter. */
public abstract class TensorAdapterFilesContract extends TensorEngineFixture {
  private TensorModel learned(LoraSpec spec) {
    TensorModel model = openIfSupported(1, EngineOptions.cpu().withAdapter(spec), "adapter");
    train(model, 0, 3);
    return model;
  }

  private TensorModel openSaved(Path adapter) {
    return open(1, EngineOptions.cpu().withAdapter(new SavedAdapter(adapter)));
  }

  @Test
  void aSavedAdapterGivesTheSameModel() {
    Path saved = folder.resolve("adapter");
    try (TensorModel model = learned(SPEC)) {
      model.saveAdapter(saved, "some/base");
      model.saveAdapter(saved, "some/base");
      try (TensorModel again = openSaved(saved);
          TensorModel plain = open(1)) {
        assertThat(again.parameterNames()).isEqualTo(model.parameterNames());
        assertThat(again.trainableParameterNames()).isEqualTo(model.trainableParameterNames());
        assertSame(parameters(again), parameters(model));
        assertThat(read(again)).isDeepEqualTo(read(model));
        assertThat(read(base(again))).isDeepEqualTo(read(plain));
      }
    }
  }

  @Test
  void theFilesArePefts() throws IOException {
    Path saved = folder.resolve("deep/adapter");
    try (TensorModel model = learned(SPEC)) {
      model.saveAdapter(saved, "some/base");
      String config = Files.readString(saved.resolve("adapter_config.json")).replaceAll("\\s+", "");
      assertThat(config)
          .contains("\"peft_type\":\"LORA\"")
          .contains("\"base_model_name_or_path\":\"some/base\"")
          .contains("\"r\":3")
          .contains("\"lora_alpha\":4.5")
          .contains("q_proj")
          .contains("v_proj");
      byte[] file = Files.readAllBytes(saved.resolve("adapter_model.safetensors"));
      String header = new String(file, StandardCharsets.ISO_8859_1);
      assertThat(model.trainableParameterNames())
          .allMatch(name -> header.contains("\"" + name + "\""));
      assertThat(header).doesNotContain("embed_tokens");
    }
  }

  @Test
  void savingMergesTheAdapter() {
    try (TensorModel model = learned(SPEC);
        TensorModel plain = open(1)) {
      model.save(folder.resolve("merged"));
      model.save(folder.resolve("merged"));
      try (TensorModel merged = engine().open(folder.resolve("merged"), EngineOptions.cpu())) {
        assertThat(merged.parameterNames()).isEqualTo(plain.parameterNames());
        assertThat(merged.base()).isEmpty();
        for (String name : plain.parameterNames()) {
          double[] expected = merged(model, plain.parameter(name));
          float[] found = merged.parameter(name).values();
          for (int i = 0; i < found.length; i++) {
            assertThat((double) found[i]).as(name).isCloseTo(expected[i], within(1e-6));
          }
        }
        double[][] one = read(merged);
        double[][] other = read(model);
        for (int row = 0; row < one.length; row++) {
          assertThat(one[row]).containsExactly(other[row], within(1e-5));
        }
      }
      assertThat(read(base(model))).isDeepEqualTo(read(plain));
    }
  }

  /** W + alpha / rank · B A. */
  private static double[] merged(TensorModel model, NamedTensor weight) {
    String module = PREFIX + weight.name().replaceAll("\\.weight$", "");
    double[] sum = new double[weight.values().length];
    Arrays.setAll(sum, i -> weight.values()[i]);
    if (model.parameterNames().contains(module + ".lora_A.weight")) {
      float[] a = model.parameter(module + ".lora_A.weight").values();
      float[] b = model.parameter(module + ".lora_B.weight").values();
      int width = (int) weight.shape()[1];
      for (int i = 0; i < sum.length; i++) {
        for (int r = 0; r < 3; r++) {
          sum[i] += 1.5 * b[i / width * 3 + r] * a[r * width + i % width];
        }
      }
    }
    return sum;
  }

  @Test
  void trainingContinuesFromSavedFilesBitForBit() {
    continues(SPEC);
  }

  @Test
  void trainingWithDropoutContinuesFromSavedFilesBitForBit() {
    LoraSpec spec = SPEC.withDropout(0.3);
    openIfSupported(1, EngineOptions.cpu().withAdapter(spec), "dropout").close();
    continues(spec);
  }

  private void continues(LoraSpec spec) {
    Path saved = folder.resolve("adapter");
    try (TensorModel model = learned(spec)) {
      model.saveAdapter(saved, "base");
      model.saveOptimizer(folder.resolve("optimizer"));
      double expected = train(model, 3, 6);
      try (TensorModel again = openSaved(saved)) {
        again.loadOptimizer(folder.resolve("optimizer"));
        assertThat(train(again, 3, 6)).isEqualTo(expected);
        assertSame(trained(again), trained(model));
      }
    }
  }

  @Test
  void copiesHaveAnAdapterOfTheirOwn() {
    try (TensorModel model = learned(SPEC);
        TensorModel plain = open(1)) {
      double[][] before = read(model);
      try (TensorModel copy = model.copy()) {
        assertThat(copy.trainableParameterNames()).isEqualTo(model.trainableParameterNames());
        assertThat(read(copy)).isDeepEqualTo(before);
        gradients(copy).forEach(gradient -> assertThat(gradient).containsOnly(0));
        train(copy, 3, 5);
        assertThat(read(model)).isDeepEqualTo(before);
        assertThat(read(base(copy))).isDeepEqualTo(read(plain));
      }
      assertThat(train(model, 3, 4)).isFinite();
    }
  }

  @Test
  void filesThatAreMissingOrDamagedAreRefused() throws IOException {
    Path saved = folder.resolve("adapter");
    try (TensorModel model = learned(SPEC)) {
      model.saveAdapter(saved, "base");
      model.saveOptimizer(folder.resolve("optimizer"));
    }
    try (TensorModel plain = open(1)) {
      assertThatThrownBy(() -> plain.loadOptimizer(folder.resolve("optimizer")))
          .isInstanceOf(CorruptFileException.class)
          .hasMessageContaining("optimizer");
    }
    assertThatThrownBy(() -> openSaved(folder.resolve("nothing")))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("nothing");
    Path config = saved.resolve("adapter_config.json");
    String text = Files.readString(config);
    Files.writeString(config, text.replaceAll("\"r\"\\s*:\\s*3", "\"r\" : 2"));
    assertThatThrownBy(() -> openSaved(saved))
        .isInstanceOf(CorruptFileException.class)
        .hasMessageContaining("adapter");
    Files.writeString(config, text);
    Files.write(saved.resolve("adapter_model.safetensors"), new byte[] {1, 2, 3});
    assertThatThrownBy(() -> openSaved(saved))
        .isInstanceOf(CorruptFileException.class)
        .hasMessageContaining("adapter_model.safetensors");
  }
}
