package ai.kale.train.checkpoint;

import java.util.Arrays;
import java.util.Optional;

/** The decoder families that can be opened, by their Hugging Face names. */
public enum Architecture {
  /** Llama 2 and 3, and whatever has their architecture. */
  LLAMA("llama", "LlamaForCausalLM"),
  /** Mistral: Llama with a sliding attention window. */
  MISTRAL("mistral", "MistralForCausalLM"),
  /** Qwen 2 and 2.5: Llama with biases on query, key and value. */
  QWEN2("qwen2", "Qwen2ForCausalLM"),
  /**
   * Gemma 2: norms before and after each part and with weight 1 + w, scaled embeddings, a tanh-GELU
   * gate, capped scores and logits, every other layer with a sliding window.
   */
  GEMMA2("gemma2", "Gemma2ForCausalLM"),
  /** OLMoE: norms over the whole query and key, and a mixture of experts in every block. */
  OLMOE("olmoe", "OlmoeForCausalLM");

  private final String modelType;
  private final String className;

  Architecture(String modelType, String className) {
    this.modelType = modelType;
    this.className = className;
  }

  /** {@code model_type} in {@code config.json}. */
  public String modelType() {
    return modelType;
  }

  /** The entry of {@code architectures} in {@code config.json}. */
  public String className() {
    return className;
  }

  /** Whether query, key and value projections add a bias. */
  public boolean hasAttentionBias() {
    return this == QWEN2;
  }

  /** Whether attention and feed-forward part are each followed by a norm of their own. */
  public boolean hasOutputNorms() {
    return this == GEMMA2;
  }

  /** Whether norms multiply by 1 + w instead of w. */
  public boolean hasOffsetNorms() {
    return this == GEMMA2;
  }

  /** Whether embeddings are multiplied by the square root of their width. */
  public boolean scalesEmbeddings() {
    return this == GEMMA2;
  }

  /** Whether query and key are normed, all heads together, before they are split into heads. */
  public boolean hasQueryKeyNorms() {
    return this == OLMOE;
  }

  /** Whether the gate's activation is the tanh approximation of GELU; SiLU otherwise. */
  public boolean usesGelu() {
    return this == GEMMA2;
  }

  /** The architecture of a {@code model_type}. */
  static Optional<Architecture> ofModelType(String type) {
    return Arrays.stream(values()).filter(a -> a.modelType.equals(type)).findFirst();
  }
}
