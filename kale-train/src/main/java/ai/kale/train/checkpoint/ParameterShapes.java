package ai.kale.train.checkpoint;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Names and shapes of a decoder's parameters, in the order of its forward pass. */
final class ParameterShapes {
  private final DecoderConfig config;
  private final Map<String, long[]> shapes = new LinkedHashMap<>();

  private ParameterShapes(DecoderConfig config) {
    this.config = config;
  }

  static Map<String, long[]> of(DecoderConfig config) {
    ParameterShapes all = new ParameterShapes(config);
    long hidden = config.hiddenSize();
    all.put("model.embed_tokens.weight", config.vocabularySize(), hidden);
    for (int i = 0; i < config.layers(); i++) {
      all.block("model.layers." + i + ".");
    }
    all.put("model.norm.weight", hidden);
    if (!config.tieWordEmbeddings()) {
      all.put("lm_head.weight", config.vocabularySize(), hidden);
    }
    return Collections.unmodifiableMap(all.shapes);
  }

  private void block(String block) {
    put(block + "input_layernorm.weight", config.hiddenSize());
    attention(block + "self_attn.");
    put(block + "post_attention_layernorm.weight", config.hiddenSize());
    if (config.architecture().hasOutputNorms()) {
      put(block + "pre_feedforward_layernorm.weight", config.hiddenSize());
    }
    if (config.experts().isPresent()) {
      int experts = config.experts().get().count();
      put(block + "mlp.gate.weight", experts, config.hiddenSize());
      for (int e = 0; e < experts; e++) {
        feedForward(block + "mlp.experts." + e + ".");
      }
    } else {
      feedForward(block + "mlp.");
    }
    if (config.architecture().hasOutputNorms()) {
      put(block + "post_feedforward_layernorm.weight", config.hiddenSize());
    }
  }

  private void attention(String part) {
    long hidden = config.hiddenSize();
    long queries = (long) config.heads() * config.headDim();
    long keys = (long) config.keyValueHeads() * config.headDim();
    projection(part + "q_proj", queries, hidden);
    projection(part + "k_proj", keys, hidden);
    projection(part + "v_proj", keys, hidden);
    put(part + "o_proj.weight", hidden, queries);
    if (config.architecture().hasQueryKeyNorms()) {
      put(part + "q_norm.weight", queries);
      put(part + "k_norm.weight", keys);
    }
  }

  private void projection(String name, long out, long in) {
    put(name + ".weight", out, in);
    if (config.architecture().hasAttentionBias()) {
      put(name + ".bias", out);
    }
  }

  private void feedForward(String part) {
    put(part + "gate_proj.weight", config.intermediateSize(), config.hiddenSize());
    put(part + "up_proj.weight", config.intermediateSize(), config.hiddenSize());
    put(part + "down_proj.weight", config.hiddenSize(), config.intermediateSize());
  }

  private void put(String name, long... shape) {
    shapes.put(name, shape);
  }
}
