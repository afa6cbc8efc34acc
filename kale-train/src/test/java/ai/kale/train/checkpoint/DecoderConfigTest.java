package ai.kale.train.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.CorruptFileException;
import ai.kale.error.SetupException;
import ai.kale.error.UnsupportedCapabilityException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecoderConfigTest {
  private static final String GOOD =
      "{\"architectures\":[\"LlamaForCausalLM\"],\"model_type\":\"llama\",\"vocab_size\":120,"
          + "\"hidden_size\":32,\"intermediate_size\":56,\"num_hidden_layers\":3,"
          + "\"num_attention_heads\":4,\"num_key_value_heads\":2,\"rms_norm_eps\":1e-05,"
          + "\"rope_theta\":500.0,\"tie_word_embeddings\":false,"
          + "\"max_position_embeddings\":256,\"bos_token_id\":1,\"eos_token_id\":[2,3]}";

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path folder;

  private DecoderConfig read(String json) throws IOException {
    Files.writeString(folder.resolve(DecoderConfig.FILE_NAME), json);
    return DecoderConfig.read(folder);
  }

  private static String with(String field, String value) {
    String other = GOOD.replaceAll("\"" + field + "\":(\\[[^]]*]|[^,}]*),?", "");
    String body = other.replaceAll(",?}$", "");
    return body + ",\"" + field + "\":" + value + "}";
  }

  @Test
  void readsTheFields() throws IOException {
    assertThat(read(GOOD))
        .isEqualTo(
            new DecoderConfig(
                Architecture.LLAMA,
                120,
                32,
                56,
                3,
                4,
                2,
                8,
                1e-5,
                RotaryConfig.plain(500),
                AttentionConfig.plain(8),
                Optional.empty(),
                0,
                false,
                256,
                1,
                2,
                null,
                List.of(3)));
  }

  @Test
  void writesWhatItReads() throws IOException {
    DecoderConfig config = read(with("head_dim", "16")).withSpecialTokens(null, 7, 0);
    config.write(folder);
    assertThat(DecoderConfig.read(folder)).isEqualTo(config);
    assertThat(config.headDim()).isEqualTo(16);
  }

  @Test
  void readsTheNewerRopeParameters() throws IOException {
    String json = with("rope_parameters", "{\"rope_type\":\"default\",\"rope_theta\":77.0}");
    assertThat(read(json).rotary().theta()).isEqualTo(77);
    assertThat(read(with("rope_parameters", "{\"rope_theta\":78}")).rotary().theta()).isEqualTo(78);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "model_type;\"gpt2\"",
        "architectures;[\"MistralForCausalLM\"]",
        "attention_bias;true",
        "mlp_bias;true",
        "hidden_act;\"gelu\"",
        "pretraining_tp;2",
        "sliding_window;4096",
        "partial_rotary_factor;0.5",
        "attention_dropout;0.1",
        "auto_map;{\"AutoModel\":\"m.M\"}",
        "layer_types;[\"sliding_attention\",\"full_attention\",\"full_attention\"]",
        "some_new_field;[1]",
        "quantization_config;{\"bits\":4}"
      })
  void namesFileFieldAndValueOfWhatItCannotCompute(String field, String value) {
    assertThatThrownBy(() -> read(with(field, value)))
        .isInstanceOf(UnsupportedCapabilityException.class)
        .hasMessageContaining("config.json")
        .hasMessageContaining(field + " = " + value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "rope_scaling;null",
        "attention_bias;false",
        "hidden_act;\"silu\"",
        "pretraining_tp;1",
        "attention_dropout;0.0",
        "sliding_window;null",
        "some_new_field;null",
        "_some_library;{}",
        "layer_types;[\"full_attention\",\"full_attention\",\"full_attention\"]",
        "torch_dtype;\"bfloat16\"",
        "pruned_heads;{}"
      })
  void acceptsNeutralValues(String field, String value) throws IOException {
    assertThat(read(with(field, value)).layers()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "vocab_size;null;vocab_size is missing",
        "vocab_size;\"120\";vocab_size must be an integer",
        "hidden_size;1.5;hidden_size must be an integer",
        "num_hidden_layers;-3;num_hidden_layers must be positive",
        "num_hidden_layers;1000000000;num_hidden_layers must not exceed 1024",
        "hidden_size;2147483644;hidden_size must not exceed",
        "head_dim;2000000000;head_dim must not exceed",
        "intermediate_size;2147483647;intermediate_size must not exceed",
        "rope_theta;1e999;rope_theta must be a number",
        "rope_scaling;7;rope_scaling must be an object",
        "layer_types;[1,2,3];layer_types must hold text",
        "layer_types;[];layer_types must name 3 layers",
        "model_type;3;model_type must hold text",
        "num_hidden_layers;99999999999;num_hidden_layers must be an integer",
        "num_key_value_heads;3;num_key_value_heads must divide 4",
        "num_attention_heads;0;num_attention_heads must be positive",
        "head_dim;5;head_dim must be even",
        "rms_norm_eps;\"small\";rms_norm_eps must be a number",
        "rms_norm_eps;0;rms_norm_eps must lie between",
        "rope_theta;-1;rope_theta must be positive",
        "tie_word_embeddings;1;tie_word_embeddings must be true or false",
        "bos_token_id;120;bos_token_id must be below 120",
        "eos_token_id;{};eos_token_id must be a token id",
        "eos_token_id;[1,120];eos_token_id must be below 120",
        "eos_token_id;[[1]];eos_token_id must be a token id",
        "bos_token_id;[1,2];bos_token_id must be one token id",
        "max_position_embeddings;0;max_position_embeddings must be positive"
      })
  void namesFileFieldAndValueOfWhatIsWrong(String field, String value, String message) {
    assertThatThrownBy(() -> read(with(field, value)))
        .isInstanceOf(CorruptFileException.class)
        .hasMessageContaining("config.json")
        .hasMessageContaining(message);
  }

  @Test
  void refusesWhatIsNotOneJsonObject() throws IOException {
    for (String json : new String[] {"", "[]", "{", GOOD + "x", "{\"a\":1,\"a\":2}", "null"}) {
      assertThatThrownBy(() -> read(json)).isInstanceOf(CorruptFileException.class);
    }
    Files.write(
        folder.resolve(DecoderConfig.FILE_NAME), "{\"é\":1}".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> DecoderConfig.read(folder)).hasMessageContaining("UTF-8");
    assertThatThrownBy(() -> DecoderConfig.read(folder.resolve("no")))
        .isInstanceOf(SetupException.class);
  }
}
