package ai.kale.spi.tensor;

/**
 * Hyperparameters of one optimizer step (Loshchilov and Hutter, Decoupled Weight Decay
 * Regularization, 2019).
 *
 * @param learningRate of this step, after any schedule
 * @param beta1 decay of the first moment, in [0, 1)
 * @param beta2 decay of the second moment, in [0, 1)
 * @param epsilon added to the root of the second moment
 * @param weightDecay decoupled; parameters with fewer than two dimensions are not decayed
 * @param maxGradientNorm gradients are scaled down to this global L2 norm; infinity for no clipping
 */
public record AdamW(
    double learningRate,
    double beta1,
    double beta2,
    double epsilon,
    double weightDecay,
    double maxGradientNorm) {
  /** The settings of the recipe for small models, at a given learning rate. */
  public static AdamW withLearningRate(double learningRate) {
    return new AdamW(learningRate, 0.9, 0.98, 1e-8, 0.05, 1.0);
  }

  /**
   * The same with another learning rate.
   *
   * @param rate the new learning rate
   * @return a new object
   */
  public AdamW at(double rate) {
    return new AdamW(rate, beta1, beta2, epsilon, weightDecay, maxGradientNorm);
  }
}
