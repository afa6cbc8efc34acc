package ai.kale.train.reference;

/** The linear layers of a model, with or without an adapter. */
interface Linear {
  /**
   * A layer applied to rows.
   *
   * @param module its path, such as {@code model.layers.0.self_attn.q_proj}
   */
  Matrix apply(Tape tape, String module, Matrix x);

  /** The layers as they are: x Wᵀ, plus the bias where there is one. */
  static Linear of(Parameters weights) {
    return (tape, module, x) -> {
      Matrix product = tape.product(x, weights.get(module + ".weight"));
      String bias = module + ".bias";
      return weights.has(bias) ? tape.addRow(product, weights.get(bias)) : product;
    };
  }
}
