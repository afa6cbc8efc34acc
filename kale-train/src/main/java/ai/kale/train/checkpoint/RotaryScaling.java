package ai.kale.train.checkpoint;

/** How rotary frequencies are changed so that texts may be longer than those first trained on. */
public sealed interface RotaryScaling {
  /**
   * One frequency after scaling.
   *
   * @param frequency radians a position
   * @return radians a position
   */
  double scaled(double frequency);

  /** As they are. */
  record None() implements RotaryScaling {
    @Override
    public double scaled(double frequency) {
      return frequency;
    }
  }

  /**
   * All divided by a factor (Chen et al., Extending Context Window via Positional Interpolation,
   * 2023).
   *
   * @param factor positive
   */
  record Linear(double factor) implements RotaryScaling {
    /** Checks the range. */
    public Linear {
      positive("factor", factor);
    }

    @Override
    public double scaled(double frequency) {
      return frequency / factor;
    }
  }

  /**
   * That of Llama 3.1: wavelengths above {@code originalPositions / lowFactor} are divided by the
   * factor, those below {@code originalPositions / highFactor} kept, those between blended.
   *
   * @param factor positive
   * @param lowFactor positive
   * @param highFactor greater than {@code lowFactor}
   * @param originalPositions longest text of the first training, in tokens; positive
   */
  record Llama3(double factor, double lowFactor, double highFactor, int originalPositions)
      implements RotaryScaling {
    /** Checks the ranges. */
    public Llama3 {
      positive("factor", factor);
      positive("low_freq_factor", lowFactor);
      positive("high_freq_factor", highFactor);
      positive("original_max_position_embeddings", originalPositions);
      if (highFactor <= lowFactor) {
        throw new IllegalArgumentException(
            "high_freq_factor must exceed low_freq_factor; got " + highFactor + ", " + lowFactor);
      }
    }

    @Override
    public double scaled(double frequency) {
      double wavelength = 2 * Math.PI / frequency;
      if (wavelength > originalPositions / lowFactor) {
        return frequency / factor;
      }
      if (wavelength < originalPositions / highFactor) {
        return frequency;
      }
      double kept = (originalPositions / wavelength - lowFactor) / (highFactor - lowFactor);
      return (1 - kept) * frequency / factor + kept * frequency;
    }
  }

  private static void positive(String field, double value) {
    if (!(value > 0) || !Double.isFinite(value)) {
      throw new IllegalArgumentException(field + " of the rope scaling must be positive: " + value);
    }
  }
}
