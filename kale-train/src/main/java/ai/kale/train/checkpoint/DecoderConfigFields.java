package ai.kale.train.checkpoint;

import ai.kale.train.io.Json;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** The fields of {@code config.json} for a {@link DecoderConfig}, in alphabetic order. */
final class DecoderConfigFields {
  private DecoderConfigFields() {}

  static ObjectNode of(DecoderConfig config) {
    Architecture architecture = config.architecture();
    ObjectNode json = Json.object();
    json.putArray("architectures").add(architecture.className());
    json.put("model_type", architecture.modelType());
    json.put("vocab_size", config.vocabularySize());
    json.put("hidden_size", config.hiddenSize());
    json.put("intermediate_size", config.intermediateSize());
    json.put("num_hidden_layers", config.layers());
    json.put("num_attention_heads", config.heads());
    json.put("num_key_value_heads", config.keyValueHeads());
    json.put("head_dim", config.headDim());
    json.put("hidden_act", architecture.usesGelu() ? "gelu_pytorch_tanh" : "silu");
    json.put("max_position_embeddings", config.maxPositions());
    json.put("rms_norm_eps", config.rmsNormEps());
    json.put("tie_word_embeddings", config.tieWordEmbeddings());
    json.put("torch_dtype", "float32");
    token(json, "bos_token_id", config.bosTokenId());
    if (config.otherEosTokenIds().isEmpty()) {
      token(json, "eos_token_id", config.eosTokenId());
    } else {
      ArrayNode all = json.putArray("eos_token_id").add(config.eosTokenId());
      config.otherEosTokenIds().forEach(all::add);
    }
    token(json, "pad_token_id", config.padTokenId());
    RotaryJson.write(config.rotary(), json);
    WindowsJson.write(config, json);
    own(config, json);
    return sorted(json);
  }

  /** What only one or some of the architectures have. */
  private static void own(DecoderConfig config, ObjectNode json) {
    AttentionConfig attention = config.attention();
    switch (config.architecture()) {
      case LLAMA -> {
        json.put("attention_bias", false);
        json.put("mlp_bias", false);
      }
      case MISTRAL, QWEN2 -> {}
      case GEMMA2 -> {
        json.put("attention_bias", false);
        json.put("hidden_activation", "gelu_pytorch_tanh");
        cap(json, "attn_logit_softcapping", attention.scoreCap());
        cap(json, "final_logit_softcapping", config.logitCap());
        queryScalar(json, attention.scale());
      }
      case OLMOE -> {
        json.put("attention_bias", false);
        cap(json, "clip_qkv", attention.projectionClip());
        config
            .experts()
            .ifPresent(
                experts -> {
                  json.put("num_experts", experts.count());
                  json.put("num_experts_per_tok", experts.perToken());
                  json.put("norm_topk_prob", experts.normalized());
                });
      }
    }
  }

  /** The number whose square root divides the scores, as an integer where it is one. */
  private static void queryScalar(ObjectNode json, double scale) {
    double about = 1 / (scale * scale);
    double scalar =
        DoubleStream.of(Math.rint(about), about, Math.nextUp(about), Math.nextDown(about))
            .filter(s -> 1 / Math.sqrt(s) == scale)
            .findFirst()
            .orElse(about);
    if (scalar == Math.rint(scalar) && scalar < Integer.MAX_VALUE) {
      json.put("query_pre_attn_scalar", (int) scalar);
    } else {
      json.put("query_pre_attn_scalar", scalar);
    }
  }

  private static void cap(ObjectNode json, String field, double cap) {
    if (cap > 0) {
      json.put(field, cap);
    } else {
      json.putNull(field);
    }
  }

  private static void token(ObjectNode json, String field, @Nullable Integer id) {
    if (id == null) {
      json.putNull(field);
    } else {
      json.put(field, id.intValue());
    }
  }

  private static ObjectNode sorted(ObjectNode json) {
    ObjectNode result = Json.object();
    json.properties().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(field -> result.set(field.getKey(), field.getValue()));
    return result;
  }
}
