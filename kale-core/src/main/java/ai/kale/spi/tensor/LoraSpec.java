package ai.kale.spi.tensor;

import java.util.List;

/**
 * A new low-rank adapter (Hu et al., LoRA, ICLR 2022): beside a frozen matrix W of shape {@code
 * [out, in]} stand two trained ones, A of shape {@code [rank, in]} and B of shape {@code [out,
 * rank]}, and the product becomes {@code W x + (alpha / rank) · B A dropout(x)}. A begins random
 * (uniform in {@code ±1/√in}, as PEFT's default), B at zero, so that the adapted model begins equal
 * to its base.
 *
 * @param rank columns of A's output, at least 1
 * @param alpha numerator of the scale; positive
 * @param dropout share of the adapter's inputs that is zeroed in training passes, in [0, 1). Each
 *     pass draws its own mask, so with dropout a batch cut into other passes is another run
 * @param targetModules which matrices are adapted. As in PEFT, one entry is a regular expression
 *     that must match the whole module path such as {@code model.layers.3.self_attn.q_proj} if it
 *     holds any of {@code *+?()[]|\^$}; every other entry is the path's end, such as {@code q_proj}
 * @param seed determines A and the dropout
 */
public record LoraSpec(
    int rank, double alpha, double dropout, List<String> targetModules, long seed)
    implements AdapterSource {
  /** All matrices of attention. */
  public static final List<String> ATTENTION = List.of("q_proj", "k_proj", "v_proj", "o_proj");

  /** All matrices of attention and of the feed-forward part. */
  public static final List<String> ALL_LINEAR =
      List.of("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj");

  /** Copies the list and checks the ranges. */
  public LoraSpec {
    targetModules = List.copyOf(targetModules);
    if (rank < 1
        || !(alpha > 0)
        || !Double.isFinite(alpha)
        || !(dropout >= 0 && dropout < 1)
        || targetModules.isEmpty()) {
      throw new IllegalArgumentException(
          "LoRA needs a rank of at least 1, a positive alpha, a dropout in [0, 1) and a target"
              + " module; got "
              + rank
              + ", "
              + alpha
              + ", "
              + dropout
              + " and "
              + targetModules);
    }
  }

  /**
   * All linear layers, alpha twice the rank, no dropout.
   *
   * @param rank at least 1
   * @param seed determines the initial values
   * @return a specification
   */
  public static LoraSpec ofRank(int rank, long seed) {
    return new LoraSpec(rank, 2.0 * rank, 0, ALL_LINEAR, seed);
  }

  /**
   * The same for other matrices.
   *
   * @param modules names, or one regular expression; see {@link #targetModules}
   * @return a new specification
   */
  public LoraSpec withTargetModules(List<String> modules) {
    return new LoraSpec(rank, alpha, dropout, modules, seed);
  }

  /**
   * The same with another alpha.
   *
   * @param newAlpha positive
   * @return a new specification
   */
  public LoraSpec withAlpha(double newAlpha) {
    return new LoraSpec(rank, newAlpha, dropout, targetModules, seed);
  }

  /**
   * The same with dropout.
   *
   * @param share in [0, 1)
   * @return a new specification
   */
  public LoraSpec withDropout(double share) {
    return new LoraSpec(rank, alpha, share, targetModules, seed);
  }

  /** What A and B's product is multiplied with: alpha / rank. */
  public double scale() {
    return alpha / rank;
  }
}
