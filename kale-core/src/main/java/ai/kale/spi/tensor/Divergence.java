package ai.kale.spi.tensor;

/** Divergences between a model's p and a fixed q, in nats; all are 0 exactly where p = q. */
public enum Divergence {
  /** KL(q ‖ p) = Σ q (log q − log p): covers all of q. */
  FORWARD_KL,
  /** KL(p ‖ q) = Σ p (log p − log q): the paper's equation for knowledge-aware fine-tuning. */
  REVERSE_KL,
  /** ½ KL(p ‖ m) + ½ KL(q ‖ m) with m = (p + q) / 2: bounded by log 2. */
  JENSEN_SHANNON
}
