package ai.kale.spi.tensor;

/** The number format of a model's matrix products and activations. */
public enum Precision {
  /** 32-bit floats throughout. */
  F32,
  /**
   * Products and the residual stream in bfloat16; norms, softmax and losses in 32-bit floats. What
   * is trained (all weights, or the adapter) is kept in 32-bit floats, and so are its gradients and
   * moments. Frozen weights are kept in bfloat16: half the memory.
   */
  BF16
}
