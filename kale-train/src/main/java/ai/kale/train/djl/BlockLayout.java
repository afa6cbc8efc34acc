package ai.kale.train.djl;

import ai.kale.train.checkpoint.DecoderConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the parameters lie in the one list that a script gets: the embedding, the tensors of each
 * block in the same order, the final norm, and the head unless it is tied.
 */
final class BlockLayout {
  private static final String FIRST_BLOCK = "model.layers.0.";

  private final List<String> tensors = new ArrayList<>();
  private final int finalNorm;
  private final int head;

  BlockLayout(DecoderConfig config) {
    List<String> names = List.copyOf(config.parameterShapes().keySet());
    for (String name : names) {
      if (name.startsWith(FIRST_BLOCK)) {
        tensors.add(name.substring(FIRST_BLOCK.length()));
      }
    }
    this.finalNorm = names.indexOf("model.norm.weight");
    this.head = Math.max(0, names.indexOf("lm_head.weight"));
  }

  /** Tensors of one block. */
  int size() {
    return tensors.size();
  }

  /** Whether a block has a tensor, such as {@code "self_attn.q_proj.bias"}. */
  boolean has(String tensor) {
    return tensors.contains(tensor);
  }

  /** Position of a tensor in its block. */
  int offset(String tensor) {
    int offset = tensors.indexOf(tensor);
    if (offset < 0) {
      throw new IllegalArgumentException("a block has no tensor " + tensor);
    }
    return offset;
  }

  /** Position of the final norm in the list. */
  int finalNorm() {
    return finalNorm;
  }

  /** Position of the head in the list: the embedding's where it is tied. */
  int head() {
    return head;
  }
}
