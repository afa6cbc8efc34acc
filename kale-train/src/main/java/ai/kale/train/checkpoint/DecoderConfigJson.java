package ai.kale.train.checkpoint;

import ai.kale.error.CorruptFileException;
import ai.kale.error.UnsupportedCapabilityException;
import ai.kale.run.AtomicFiles;
import ai.kale.train.io.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@link DecoderConfig} to and from {@code config.json}. */
final class DecoderConfigJson {
  private static final String ARCHITECTURE = "LlamaForCausalLM";
  private static final String MODEL_TYPE = "llama";

  /** Fields that change the result unless absent, null or the value named here. */
  private static final List<Neutral> NEUTRAL =
      List.of(
          new Neutral("hidden_act", "silu"),
          new Neutral("rope_scaling", ""),
          new Neutral("attention_bias", "false"),
          new Neutral("mlp_bias", "false"),
          new Neutral("pretraining_tp", "1"),
          new Neutral("attention_dropout", "0"),
          new Neutral("partial_rotary_factor", "1"),
          new Neutral("sliding_window", ""),
          new Neutral("use_sliding_window", "false"),
          new Neutral("logit_scale", "1"),
          new Neutral("final_logit_softcapping", ""),
          new Neutral("attn_logit_softcapping", ""),
          new Neutral("quantization_config", ""));

  private record Neutral(String field, String value) {}

  private final Path file;
  private final JsonNode json;

  private DecoderConfigJson(Path file, JsonNode json) {
    this.file = file;
    this.json = json;
  }

  static DecoderConfig read(Path file) {
    return new DecoderConfigJson(file, Json.read(file)).config();
  }

  private DecoderConfig config() {
    checkArchitecture();
    for (Neutral neutral : NEUTRAL) {
      checkNeutral(neutral);
    }
    int hidden = integer("hidden_size", null);
    int heads = integer("num_attention_heads", null);
    try {
      int headDim =
          integer(
              "head_dim", hidden % Math.max(1, heads) == 0 ? hidden / Math.max(1, heads) : null);
      return new DecoderConfig(
          Architecture.LLAMA,
          integer("vocab_size", null),
          hidden,
          integer("intermediate_size", null),
          integer("num_hidden_layers", null),
          heads,
          integer("num_key_value_heads", heads),
          headDim,
          number(json, "rms_norm_eps", 1e-6),
          RotaryConfig.plain(ropeTheta()),
          AttentionConfig.plain(Math.max(1, headDim)),
          Optional.empty(),
          0,
          flag("tie_word_embeddings"),
          integer("max_position_embeddings", null),
          token("bos_token_id"),
          token("eos_token_id"),
          token("pad_token_id"));
    } catch (IllegalArgumentException e) {
      throw corrupt(String.valueOf(e.getMessage()), e);
    }
  }

  private void checkArchitecture() {
    JsonNode type = json.get("model_type");
    JsonNode architectures = json.get("architectures");
    if (type == null && architectures == null) {
      throw corrupt("neither model_type nor architectures is there", null);
    }
    if (type != null && !MODEL_TYPE.equals(type.asText())) {
      throw unsupported("model_type", type, "only \"" + MODEL_TYPE + "\" is");
    }
    if (architectures != null && !architectures.isNull()) {
      boolean llama =
          architectures.size() == 1 && ARCHITECTURE.equals(architectures.path(0).asText());
      if (!llama) {
        throw unsupported("architectures", architectures, "only [\"" + ARCHITECTURE + "\"] is");
      }
    }
  }

  private void checkNeutral(Neutral neutral) {
    JsonNode node = json.get(neutral.field);
    if (node == null || node.isNull()) {
      return;
    }
    boolean same =
        node.isNumber()
            ? neutral.value.matches("[0-9]+")
                && node.doubleValue() == Double.parseDouble(neutral.value)
            : node.isValueNode() && neutral.value.equals(node.asText());
    if (!same) {
      throw unsupported(
          neutral.field,
          node,
          neutral.value.isEmpty() ? "only null is" : "only " + neutral.value + " is");
    }
  }

  /** In {@code rope_theta}, or inside {@code rope_parameters} as newer libraries write it. */
  private double ropeTheta() {
    JsonNode parameters = json.get("rope_parameters");
    if (parameters == null || parameters.isNull()) {
      return number(json, "rope_theta", 10_000.0);
    }
    if (!parameters.isObject()) {
      throw corrupt("rope_parameters must be an object; got " + parameters, null);
    }
    String type = parameters.path("rope_type").asText("default");
    boolean whole = parameters.path("partial_rotary_factor").asDouble(1) == 1;
    if (!type.equals("default") || !whole) {
      throw unsupported("rope_parameters", parameters, "only rope_type \"default\" is");
    }
    return number(parameters, "rope_theta", number(json, "rope_theta", 10_000.0));
  }

  private int integer(String field, @Nullable Integer fallback) {
    JsonNode node = json.get(field);
    if (node == null || node.isNull()) {
      if (fallback == null) {
        throw corrupt(field + " is missing", null);
      }
      return fallback;
    }
    if (!node.isIntegralNumber() || !node.canConvertToInt()) {
      throw corrupt(field + " must be an integer; got " + node, null);
    }
    return node.intValue();
  }

  private double number(JsonNode parent, String field, double fallback) {
    JsonNode node = parent.get(field);
    if (node == null || node.isNull()) {
      return fallback;
    }
    if (!node.isNumber()) {
      throw corrupt(field + " must be a number; got " + node, null);
    }
    return node.doubleValue();
  }

  private boolean flag(String field) {
    JsonNode node = json.get(field);
    if (node == null || node.isNull()) {
      return false;
    }
    if (!node.isBoolean()) {
      throw corrupt(field + " must be true or false; got " + node, null);
    }
    return node.booleanValue();
  }

  /** A token id; of a list of several, the first. */
  private @Nullable Integer token(String field) {
    JsonNode node = json.get(field);
    if (node != null && node.isArray()) {
      node = node.get(0);
    }
    if (node == null || node.isNull()) {
      return null;
    }
    if (!node.isIntegralNumber() || !node.canConvertToInt()) {
      throw corrupt(field + " must be a token id; got " + node, null);
    }
    int id = node.intValue();
    return id < 0 ? null : Integer.valueOf(id);
  }

  private CorruptFileException corrupt(String what, @Nullable Throwable cause) {
    return new CorruptFileException(
        file + ": " + what + "; mend the file or copy it again from its source", cause);
  }

  private UnsupportedCapabilityException unsupported(String field, JsonNode value, String only) {
    return new UnsupportedCapabilityException(
        file
            + ": "
            + field
            + " = "
            + value
            + " is not supported, "
            + only
            + "; use another checkpoint");
  }

  static void write(DecoderConfig config, Path file) {
    ObjectNode json = Json.object();
    json.putArray("architectures").add(ARCHITECTURE);
    json.put("attention_bias", false);
    putToken(json, "bos_token_id", config.bosTokenId());
    putToken(json, "eos_token_id", config.eosTokenId());
    json.put("head_dim", config.headDim());
    json.put("hidden_act", "silu");
    json.put("hidden_size", config.hiddenSize());
    json.put("intermediate_size", config.intermediateSize());
    json.put("max_position_embeddings", config.maxPositions());
    json.put("mlp_bias", false);
    json.put("model_type", MODEL_TYPE);
    json.put("num_attention_heads", config.heads());
    json.put("num_hidden_layers", config.layers());
    json.put("num_key_value_heads", config.keyValueHeads());
    putToken(json, "pad_token_id", config.padTokenId());
    json.put("rms_norm_eps", config.rmsNormEps());
    json.putNull("rope_scaling");
    json.put("rope_theta", config.rotary().theta());
    json.put("tie_word_embeddings", config.tieWordEmbeddings());
    json.put("torch_dtype", "float32");
    json.put("vocab_size", config.vocabularySize());
    AtomicFiles.writeString(file, Json.pretty(json));
  }

  private static void putToken(ObjectNode json, String field, @Nullable Integer id) {
    if (id == null) {
      json.putNull(field);
    } else {
      json.put(field, id.intValue());
    }
  }
}
