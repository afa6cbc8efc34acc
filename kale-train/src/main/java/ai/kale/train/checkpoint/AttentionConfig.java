package ai.kale.train.checkpoint;

import java.util.List;

/**
 * What attention does beside the plain causal softmax.
 *
 * @param scale factor on the products of query and key; usually {@code headDim^-0.5}; positive
 * @param scoreCap c in {@code c · tanh(score / c)}, before the mask; 0 for none
 * @param projectionClip query, key and value are clamped to ± this; 0 for none
 * @param windows for each layer the number of keys a query sees, its own included; 0 for all before
 *     it. Empty stands for all layers without a window
 */
public record AttentionConfig(
    double scale, double scoreCap, double projectionClip, List<Integer> windows) {
  /** Copies the list, empty if no layer has a window, and checks the ranges. */
  public AttentionConfig {
    windows = windows.stream().allMatch(w -> w == 0) ? List.of() : List.copyOf(windows);
    if (!(scale > 0)
        || !Double.isFinite(scale)
        || !(scoreCap >= 0)
        || !Double.isFinite(scoreCap)
        || !(projectionClip >= 0)
        || !Double.isFinite(projectionClip)
        || windows.stream().anyMatch(w -> w < 0)) {
      throw new IllegalArgumentException(
          "attention needs a positive scale and no negative cap, clip or window; got "
              + scale
              + ", "
              + scoreCap
              + ", "
              + projectionClip
              + " and "
              + windows);
    }
  }

  /**
   * Plain attention.
   *
   * @param headDim width of one head
   * @return scale {@code headDim^-0.5}, nothing else
   */
  public static AttentionConfig plain(int headDim) {
    return new AttentionConfig(1 / Math.sqrt(headDim), 0, 0, List.of());
  }

  /**
   * The window of a layer.
   *
   * @param layer 0-based
   * @return keys a query sees; 0 for all before it
   */
  public int window(int layer) {
    return windows.isEmpty() ? 0 : windows.get(layer);
  }

  /** Whether any layer has a window. */
  public boolean hasWindows() {
    return windows.stream().anyMatch(w -> w > 0);
  }
}
