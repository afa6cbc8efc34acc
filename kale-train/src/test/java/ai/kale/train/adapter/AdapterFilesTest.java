package ai.kale.train.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.CorruptFileException;
import ai.kale.error.KaleException;
import ai.kale.error.SetupException;
import ai.kale.error.UnsupportedCapabilityException;
import ai.kale.spi.tensor.LoraSpec;
import ai.kale.train.checkpoint.DecoderConfig;
import ai.kale.train.checkpoint.SafetensorsWriter;
import ai.kale.train.checkpoint.TensorType;
import ai.kale.train.io.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Adapters in PEFT's layout: what is written, what is read, what is refused. */
class AdapterFilesTest {
  private static final DecoderConfig MODEL = DecoderConfig.small(11, 8, 12, 2, 2, 16);
  private static final AdapterConfig CONFIG =
      AdapterConfig.of(
          LoraSpec.ofRank(2, 1).withDropout(0.25).withTargetModules(List.of("q_proj", "v_proj")));

  private final Path folder;

  AdapterFilesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static float[] values(long[] shape, int from) {
    float[] values = new float[(int) (shape[0] * shape[1])];
    for (int i = 0; i < values.length; i++) {
      values[i] = from + i;
    }
    return values;
  }

  private void write(AdapterConfig config) {
    AdapterLayout layout = AdapterLayout.of(MODEL, config, "test");
    Map<String, long[]> shapes = layout.shapes();
    List<String> names = List.copyOf(shapes.keySet());
    AdapterFiles.write(
        folder,
        config,
        layout,
        "some/base",
        name -> values(shapes.getOrDefault(name, new long[2]), names.indexOf(name)));
  }

  private JsonNode change(Consumer<ObjectNode> change) throws IOException {
    write(CONFIG);
    ObjectNode json = (ObjectNode) Json.read(folder.resolve(AdapterFiles.CONFIG));
    change.accept(json);
    Files.writeString(folder.resolve(AdapterFiles.CONFIG), Json.pretty(json));
    return json;
  }

  @Test
  void whatIsWrittenIsReadBack() {
    write(CONFIG);
    assertThat(AdapterFiles.readConfig(folder)).isEqualTo(CONFIG);
    AdapterLayout layout = AdapterLayout.of(MODEL, CONFIG, "test");
    List<String> names = List.copyOf(layout.shapes().keySet());
    List<String> found = new java.util.ArrayList<>();
    AdapterFiles.readTensors(
        folder,
        layout,
        (name, values) -> {
          long[] shape = layout.shapes().getOrDefault(name, new long[2]);
          assertThat(values).isEqualTo(values(shape, names.indexOf(name)));
          found.add(name);
        });
    assertThat(found).isEqualTo(names);
    assertThat(names.get(1))
        .isEqualTo("base_model.model.model.layers.0.self_attn.q_proj.lora_B.weight");
  }

  @Test
  void theConfigurationHasTheFieldsThatPeftReads() {
    write(CONFIG);
    JsonNode json = Json.read(folder.resolve(AdapterFiles.CONFIG));
    assertThat(json.path("peft_type").asText()).isEqualTo("LORA");
    assertThat(json.path("task_type").asText()).isEqualTo("CAUSAL_LM");
    assertThat(json.path("r").asInt()).isEqualTo(2);
    assertThat(json.path("lora_alpha").asInt()).isEqualTo(4);
    assertThat(json.path("lora_alpha").isInt()).isTrue();
    assertThat(json.path("lora_dropout").asDouble()).isEqualTo(0.25);
    assertThat(json.path("target_modules").toString()).isEqualTo("[\"q_proj\",\"v_proj\"]");
    assertThat(json.path("base_model_name_or_path").asText()).isEqualTo("some/base");
    assertThat(json.path("bias").asText()).isEqualTo("none");
    assertThat(json.path("inference_mode").asBoolean()).isTrue();
    for (String off : List.of("fan_in_fan_out", "use_dora", "use_rslora", "lora_bias")) {
      assertThat(json.path(off).isBoolean()).as(off).isTrue();
      assertThat(json.path(off).asBoolean()).as(off).isFalse();
    }
  }

  @Test
  void targetsAreWrittenSoThatPeftMeansTheSameModules() {
    String expression = "model\\.layers\\.1\\..*_proj";
    write(AdapterConfig.of(LoraSpec.ofRank(2, 1).withTargetModules(List.of(expression))));
    assertThat(Json.read(folder.resolve(AdapterFiles.CONFIG)).path("target_modules").asText())
        .isEqualTo(expression);
    List<String> mixed = List.of(".*1\\.self_attn\\.[kv]_proj", "0.mlp.up_proj");
    write(AdapterConfig.of(LoraSpec.ofRank(2, 1).withTargetModules(mixed)));
    AdapterConfig read = AdapterFiles.readConfig(folder);
    assertThat(read.targets())
        .extracting(ModulePattern::text)
        .containsExactly(
            "model.layers.0.mlp.up_proj",
            "model.layers.1.self_attn.k_proj",
            "model.layers.1.self_attn.v_proj");
    assertThat(AdapterLayout.of(MODEL, read, "test").slots()).hasSize(3);
  }

  @Test
  void fieldsThatChangeTheResultAreObeyed() throws IOException {
    change(
        json -> {
          json.put("use_rslora", true).put("r", 4);
          json.putObject("rank_pattern").put("0.self_attn.q_proj", 9);
          json.putObject("alpha_pattern").put("v_proj", 6);
          json.putArray("layers_to_transform").add(0);
          json.put("layers_pattern", "layers");
          json.putArray("exclude_modules").add("k_proj");
          json.put("target_modules", "all-linear").putNull("layers_to_transform");
        });
    AdapterConfig config = AdapterFiles.readConfig(folder);
    List<AdapterSlot> slots = AdapterLayout.of(MODEL, config, "test").slots();
    assertThat(slots).hasSize(12);
    assertThat(slots.get(0)).isEqualTo(new AdapterSlot(0, "self_attn.q_proj", 8, 8, 9, 4.0 / 3));
    assertThat(slots.get(1)).isEqualTo(new AdapterSlot(0, "self_attn.v_proj", 8, 8, 4, 3));
    change(json -> json.put("layers_to_transform", 1));
    assertThat(AdapterLayout.of(MODEL, AdapterFiles.readConfig(folder), "test").slots())
        .extracting(AdapterSlot::layer)
        .containsExactly(1, 1);
  }

  @Test
  void everyObeyedFieldSurvivesBeingWrittenAndRead() throws IOException {
    AdapterConfig full =
        new AdapterConfig(
            3,
            4.5,
            0.25,
            List.of(new ModulePattern("q_proj", false), new ModulePattern("up_proj", false)),
            List.of(new ModulePattern("1.mlp.up_proj", false)),
            List.of(1, 0),
            true,
            Map.of("0.self_attn.q_proj", 9),
            Map.of("(?P<name>up)_proj", 7.5));
    write(full);
    AdapterConfig read = AdapterFiles.readConfig(folder);
    assertThat(read).isEqualTo(full);
    write(read);
    assertThat(AdapterFiles.readConfig(folder)).isEqualTo(full);
    assertThat(AdapterLayout.of(MODEL, read, "test").slots())
        .containsExactly(
            new AdapterSlot(0, "self_attn.q_proj", 8, 8, 9, 4.5 / 3),
            new AdapterSlot(0, "mlp.up_proj", 8, 12, 3, 7.5 / Math.sqrt(3)),
            new AdapterSlot(1, "self_attn.q_proj", 8, 8, 3, 4.5 / Math.sqrt(3)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "[1]", "[]"})
  void oneExpressionForAllPathsLeavesNoRoomForAListOfLayers(String layers) throws IOException {
    JsonNode wanted =
        Json.parse(folder, ("{\"v\":" + layers + "}").getBytes(StandardCharsets.UTF_8)).path("v");
    change(json -> json.put("target_modules", ".*q_proj").set("layers_to_transform", wanted));
    refused(UnsupportedCapabilityException.class, "layers_to_transform");
    change(json -> json.put("target_modules", ".*q_proj").putNull("layers_to_transform"));
    assertThat(AdapterFiles.readConfig(folder).layers()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "use_dora, true",
        "lora_bias, true",
        "fan_in_fan_out, true",
        "bias, '\"all\"'",
        "peft_type, '\"LOHA\"'",
        "task_type, '\"SEQ_CLS\"'",
        "modules_to_save, '[\"lm_head\"]'",
        "layer_replication, '[[0,1]]'",
        "trainable_token_indices, '[3]'",
        "target_parameters, '[\"experts\"]'",
        "init_lora_weights, '\"pissa\"'",
        "init_lora_weights, '\"loftq\"'",
        "layers_pattern, '\"blocks\"'",
        "a_field_of_tomorrow, 1",
      })
  void fieldsThatAskForMoreAreRefusedByName(String field, String value) throws IOException {
    JsonNode wanted =
        Json.parse(folder, ("{\"v\":" + value + "}").getBytes(StandardCharsets.UTF_8)).path("v");
    change(json -> json.set(field, wanted));
    refused(UnsupportedCapabilityException.class, field);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "r, 0",
        "r, 2.5",
        "r, null",
        "lora_alpha, -1",
        "lora_alpha, '\"8\"'",
        "lora_dropout, 1",
        "target_modules, 7",
        "target_modules, '[7]'",
        "target_modules, '[]'",
        "rank_pattern, '[1]'",
        "rank_pattern, '{\"q_proj\":0}'",
        "alpha_pattern, '{\"q_proj\":0}'",
        "rank_pattern, '{\"(\":3}'",
        "alpha_pattern, '{\"[q\":3}'",
        "target_modules, '\"(q_proj\"'",
        "exclude_modules, '\"q_proj)\"'",
        "use_rslora, '\"True\"'",
        "use_rslora, 1",
        "layers_to_transform, '[\"x\"]'"
      })
  void fieldsOutOfRangeAreDamage(String field, String value) throws IOException {
    JsonNode wanted =
        Json.parse(folder, ("{\"v\":" + value + "}").getBytes(StandardCharsets.UTF_8)).path("v");
    change(json -> json.set(field, wanted));
    refused(CorruptFileException.class, field);
  }

  private void refused(Class<? extends KaleException> type, String field) {
    assertThatThrownBy(() -> AdapterFiles.readConfig(folder))
        .isInstanceOf(type)
        .hasMessageContaining(AdapterFiles.CONFIG)
        .hasMessageContaining(field);
  }

  private void tensorsRefused(Class<? extends KaleException> type, String what) {
    AdapterLayout layout = AdapterLayout.of(MODEL, CONFIG, "test");
    assertThatThrownBy(() -> AdapterFiles.readTensors(folder, layout, (name, values) -> {}))
        .isInstanceOf(type)
        .hasMessageContaining(AdapterFiles.WEIGHTS)
        .hasMessageContaining(what);
  }

  private void writeTensors(Map<String, long[]> shapes) {
    SafetensorsWriter.write(
        folder.resolve(AdapterFiles.WEIGHTS),
        shapes,
        name -> values(shapes.getOrDefault(name, new long[2]), 0),
        TensorType.F32,
        Map.of());
  }

  @Test
  void missingExtraAndMisshapenTensorsAreNamed() throws IOException {
    write(CONFIG);
    Map<String, long[]> good = AdapterLayout.of(MODEL, CONFIG, "test").shapes();
    String first = good.keySet().iterator().next();
    Map<String, long[]> shapes = new LinkedHashMap<>(good);
    shapes.remove(first);
    writeTensors(shapes);
    tensorsRefused(CorruptFileException.class, first + " is missing");
    shapes.putAll(good);
    shapes.put("base_model.model.lm_head.weight", new long[] {2, 2});
    writeTensors(shapes);
    tensorsRefused(CorruptFileException.class, "base_model.model.lm_head.weight belongs to no");
    shapes.remove("base_model.model.lm_head.weight");
    shapes.put(first, new long[] {8, 2});
    writeTensors(shapes);
    tensorsRefused(CorruptFileException.class, first + " has shape [8, 2]");
    Files.delete(folder.resolve(AdapterFiles.WEIGHTS));
    Files.write(folder.resolve("adapter_model.bin"), new byte[] {(byte) 0x80});
    tensorsRefused(SetupException.class, ".bin file is not read");
  }

  @Test
  void aFolderWithoutAnAdapterIsNamed() {
    assertThatThrownBy(() -> AdapterFiles.readConfig(folder))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining(AdapterFiles.CONFIG);
  }
}
