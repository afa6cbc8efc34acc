package ai.kale.train.checkpoint;

/**
 * Rotary position embedding (Su et al., RoFormer, 2021): dimension j of a head of width d is
 * rotated with dimension j + d/2 by position · frequency(j).
 *
 * @param theta base of the frequencies {@code theta^(-2j/d)}; positive
 * @param scaling how the frequencies are changed for longer texts
 */
public record RotaryConfig(double theta, RotaryScaling scaling) {
  /** Checks the range. */
  public RotaryConfig {
    if (!(theta > 0) || !Double.isFinite(theta)) {
      throw new IllegalArgumentException("rope_theta must be positive; got " + theta);
    }
  }

  /**
   * Frequencies that are not scaled.
   *
   * @param theta their base
   * @return the configuration
   */
  public static RotaryConfig plain(double theta) {
    return new RotaryConfig(theta, new RotaryScaling.None());
  }

  /**
   * The angle of each pair at position 1, in radians.
   *
   * @param headDim width d of a head, even
   * @return d / 2 frequencies
   */
  public double[] frequencies(int headDim) {
    double[] frequencies = new double[headDim / 2];
    for (int j = 0; j < frequencies.length; j++) {
      frequencies[j] = scaling.scaled(Math.pow(theta, -2.0 * j / headDim));
    }
    return frequencies;
  }
}
