package ai.kale.train.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.CorruptFileException;
import ai.kale.error.SetupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
  private static final DecoderConfig CONFIG = DecoderConfig.small(50, 16, 24, 2, 2, 32);

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path folder;

  private static double std(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum / values.length);
  }

  @Test
  void initialWeightsHaveTheStatedSizesAndRepeat() throws IOException {
    DecoderConfig config = DecoderConfig.small(500, 64, 128, 2, 2, 32);
    DecoderInitializer.create(folder.resolve("a"), config, 7);
    DecoderInitializer.create(folder.resolve("b"), config, 7);
    DecoderInitializer.create(folder.resolve("c"), config, 8, InitOptions.withEmbeddingStd(0.02));
    Path weights = Path.of(Checkpoint.WEIGHTS);
    assertThat(folder.resolve("a").resolve(weights))
        .hasSameBinaryContentAs(folder.resolve("b").resolve(weights));
    try (Checkpoint a = Checkpoint.open(folder.resolve("a"));
        Checkpoint c = Checkpoint.open(folder.resolve("c"))) {
      String block = "model.layers.1.";
      assertThat(std(a.floats("model.embed_tokens.weight"))).isBetween(0.120, 0.130);
      assertThat(std(a.floats(block + "mlp.up_proj.weight"))).isBetween(0.120, 0.130);
      assertThat(std(a.floats(block + "self_attn.o_proj.weight"))).isBetween(0.060, 0.065);
      assertThat(std(a.floats(block + "mlp.down_proj.weight"))).isBetween(0.043, 0.0455);
      assertThat(a.floats("model.norm.weight")).containsOnly(1);
      assertThat(std(c.floats("model.embed_tokens.weight"))).isBetween(0.0195, 0.0205);
    }
  }

  /** Splits a checkpoint into two shards with an index. */
  private void shard() throws IOException {
    DecoderInitializer.create(folder, CONFIG, 1);
    Map<String, long[]> first = new LinkedHashMap<>();
    Map<String, long[]> second = new LinkedHashMap<>();
    StringBuilder index = new StringBuilder("{\"weight_map\":{");
    CONFIG
        .parameterShapes()
        .forEach(
            (name, shape) -> {
              boolean early = first.size() < 7;
              (early ? first : second).put(name, shape);
              index.append(index.charAt(index.length() - 1) == '{' ? "" : ",");
              index.append('"').append(name).append("\":\"").append(early ? "1" : "2").append('"');
            });
    Files.writeString(folder.resolve(Checkpoint.INDEX), index + "}}");
    try (Checkpoint whole = Checkpoint.open(folder)) {
      SafetensorsWriter.write(folder.resolve("1"), first, whole::floats, TensorType.F32, Map.of());
      SafetensorsWriter.write(folder.resolve("2"), second, whole::floats, TensorType.F32, Map.of());
    }
  }

  @Test
  void shardsReadAsTheWhole() throws IOException {
    shard();
    Map<String, float[]> expected = new LinkedHashMap<>();
    try (Checkpoint whole = Checkpoint.open(folder)) {
      CONFIG.parameterShapes().keySet().forEach(name -> expected.put(name, whole.floats(name)));
    }
    Files.delete(folder.resolve(Checkpoint.WEIGHTS));
    try (Checkpoint shards = Checkpoint.open(folder)) {
      expected.forEach((name, values) -> assertThat(shards.floats(name)).isEqualTo(values));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"../1", "/etc/1", "a/1", "..", "", "3"})
  void shardsOutsideTheFolderOrMissingAreRefused(String shard) throws IOException {
    shard();
    Files.delete(folder.resolve(Checkpoint.WEIGHTS));
    Path index = folder.resolve(Checkpoint.INDEX);
    Files.writeString(index, Files.readString(index).replace("\"1\"", "\"" + shard + "\""));
    assertThatThrownBy(() -> Checkpoint.open(folder))
        .isInstanceOf(CorruptFileException.class)
        .hasMessageContaining(Checkpoint.INDEX);
  }

  private void write(Map<String, long[]> shapes) {
    SafetensorsWriter.write(
        folder.resolve(Checkpoint.WEIGHTS),
        shapes,
        name -> {
          long[] shape = shapes.getOrDefault(name, new long[0]);
          return new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        },
        TensorType.F32,
        Map.of());
  }

  private void refused(Map<String, long[]> shapes, String message) {
    write(shapes);
    assertThatThrownBy(() -> Checkpoint.open(folder))
        .isInstanceOf(CorruptFileException.class)
        .hasMessageContaining(message);
  }

  @Test
  void tensorsMustFitTheConfiguration() {
    CONFIG.write(folder);
    assertThatThrownBy(() -> Checkpoint.open(folder))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("neither");
    Map<String, long[]> shapes = new LinkedHashMap<>(CONFIG.parameterShapes());
    shapes.put("model.norm.weight", new long[] {17});
    refused(shapes, "model.norm.weight has shape [17] but the configuration asks for [16]");
    shapes.remove("model.norm.weight");
    refused(shapes, "model.norm.weight is missing");
    shapes.put("model.norm.weight", new long[] {16});
    shapes.put("model.layers.0.self_attn.q_proj.bias", new long[] {16});
    refused(shapes, "q_proj.bias has no place");
    shapes.remove("model.layers.0.self_attn.q_proj.bias");
    shapes.put("lm_head.weight", new long[] {50, 16});
    write(shapes);
    Checkpoint.open(folder).close();
    shapes.put("lm_head.bias", new long[] {50});
    refused(shapes, "lm_head.bias has no place");
  }

  @Test
  void freshNormsMultiplyByOneAndFreshBiasesAreZero() {
    DecoderConfig gemma =
        DecoderConfig.builder(Architecture.GEMMA2).size(50, 16, 24, 2, 2).logitCap(30).build();
    DecoderInitializer.create(folder.resolve("gemma"), gemma, 1);
    DecoderConfig qwen = DecoderConfig.builder(Architecture.QWEN2).size(50, 16, 24, 2, 2).build();
    DecoderInitializer.create(folder.resolve("qwen"), qwen, 1);
    try (Checkpoint offset = Checkpoint.open(folder.resolve("gemma"));
        Checkpoint plain = Checkpoint.open(folder.resolve("qwen"))) {
      String norm = "model.layers.1.input_layernorm.weight";
      assertThat(offset.config()).isEqualTo(gemma);
      assertThat(offset.floats(norm)).containsOnly(0);
      assertThat(plain.floats(norm)).containsOnly(1);
      assertThat(plain.floats("model.layers.1.self_attn.q_proj.bias")).containsOnly(0);
      assertThat(std(plain.floats("model.layers.1.self_attn.q_proj.weight"))).isPositive();
    }
  }

  @Test
  void rotaryFrequenciesMayLieBesideTheParameters() {
    CONFIG.write(folder);
    Map<String, long[]> shapes = new LinkedHashMap<>(CONFIG.parameterShapes());
    shapes.put("model.layers.0.self_attn.rotary_emb.inv_freq", new long[] {4});
    write(shapes);
    Checkpoint.open(folder).close();
    shapes.put("model.layers.0.mlp.experts.0.up_proj.weight", new long[] {24, 16});
    refused(shapes, "mlp.experts.0.up_proj.weight has no place");
  }
}
