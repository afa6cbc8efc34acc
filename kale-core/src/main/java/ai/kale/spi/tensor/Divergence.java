package ai.kale.spi.tensor;

import java.util.List;

/**
 * A divergence between a model's p and a fixed q, in nats; all are 0 exactly where p = q.
 *
 * @param kind which one
 * @param beta weight of q in the mixture of a {@link Kind#JENSEN_SHANNON} divergence, in (0, 1);
 *     0.5 for the other kinds, which do not use it
 */
public record Divergence(Kind kind, double beta) {
  /** The kinds. */
  public enum Kind {
    /** KL(q ‖ p) = Σ q (log q − log p): covers all of q. */
    FORWARD_KL,
    /** KL(p ‖ q) = Σ p (log p − log q): the paper's equation for knowledge-aware fine-tuning. */
    REVERSE_KL,
    /** β KL(q ‖ m) + (1 − β) KL(p ‖ m) with m = β q + (1 − β) p. */
    JENSEN_SHANNON
  }

  /** KL(q ‖ p). */
  public static final Divergence FORWARD_KL = new Divergence(Kind.FORWARD_KL, 0.5);

  /** KL(p ‖ q). */
  public static final Divergence REVERSE_KL = new Divergence(Kind.REVERSE_KL, 0.5);

  /** ½ KL(p ‖ m) + ½ KL(q ‖ m) with m = (p + q) / 2: bounded by log 2. */
  public static final Divergence JENSEN_SHANNON = new Divergence(Kind.JENSEN_SHANNON, 0.5);

  /** Checks the range. */
  public Divergence {
    if (!(beta > 0 && beta < 1)) {
      throw new IllegalArgumentException("beta must lie between 0 and 1; got " + beta);
    }
    if (kind != Kind.JENSEN_SHANNON && beta != 0.5) {
      throw new IllegalArgumentException(kind + " has no beta; leave it at 0.5, not " + beta);
    }
  }

  /**
   * The generalized Jensen-Shannon divergence (Agarwal et al., On-Policy Distillation of Language
   * Models, ICLR 2024, equation 1, with the teacher as its P): {@code β KL(q ‖ m) + (1 − β) KL(p ‖
   * m)}, {@code m = β q + (1 − β) p}. Divided by β it tends to KL(q ‖ p) as β falls to 0, divided
   * by 1 − β to KL(p ‖ q) as β rises to 1.
   *
   * @param beta in (0, 1)
   * @return the divergence
   */
  public static Divergence jensenShannon(double beta) {
    return new Divergence(Kind.JENSEN_SHANNON, beta);
  }

  /** The three named ones, for tests and comparisons. */
  public static List<Divergence> named() {
    return List.of(FORWARD_KL, REVERSE_KL, JENSEN_SHANNON);
  }

  /**
   * Such as {@code "forward-kl"} or {@code "jensen-shannon(0.1)"}; the middle one without its β.
   */
  @Override
  public String toString() {
    String name = kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    return kind == Kind.JENSEN_SHANNON && beta != 0.5 ? name + "(" + beta + ")" : name;
  }
}
