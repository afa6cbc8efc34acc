package ai.kale.train.djl;

/**
 * The expression of one linear layer of a block. Every matrix product with a block's weights is
 * written here, so that a bias or an adapter has one place.
 */
final class LinearScript {
  private final BlockLayout layout;

  LinearScript(BlockLayout layout) {
    this.layout = layout;
  }

  /**
   * The product of a layer's input with one of its matrices. In the script stand {@code ps}, the
   * parameters; {@code ad}, the adapter's tensors; {@code i}, the block; {@code j}, the position of
   * the block's first tensor in {@code ps}.
   *
   * @param module path inside the block, such as {@code "self_attn.q_proj"}
   * @param input name of the input variable
   */
  String product(String module, String input) {
    String bias = module + ".bias";
    return "torch.linear("
        + input
        + ", "
        + tensor(module + ".weight")
        + (layout.has(bias) ? ", " + tensor(bias) : "")
        + ")";
  }

  /**
   * The product of rows with a matrix of one expert. In the script stand {@code e}, the expert, and
   * all that {@link #product} needs.
   *
   * @param module name of the layer inside the expert, such as {@code "gate_proj"}
   * @param input name of the input variable
   */
  String expertProduct(String module, String input) {
    String weight = "." + module + ".weight";
    int first = layout.offset("mlp.experts.0" + weight);
    int step =
        layout.has("mlp.experts.1" + weight) ? layout.offset("mlp.experts.1" + weight) - first : 0;
    String at = "torch.add(torch.add(j, " + first + "), torch.mul(" + step + ", e))";
    return "torch.linear(" + input + ", ps[" + at + "])";
  }

  /** One tensor of the block. */
  String tensor(String name) {
    return "ps[torch.add(j, " + layout.offset(name) + ")]";
  }
}
