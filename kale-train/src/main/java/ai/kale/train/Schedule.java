package ai.kale.train;

import ai.kale.spi.tensor.AdamW;

/**
 * How long and how fast to train: linear warm-up times a cosine that falls from 1 to a fraction.
 * With s steps done of n, w of warm-up, peak rate r and final fraction f the rate is
 *
 * <pre>r · min(1, (s + 1) / w) · (f + (1 − f) · ½ (1 + cos(π s / n)))</pre>
 *
 * @param steps optimizer steps, at least 1
 * @param peakLearningRate r, positive
 * @param warmupSteps w; 0 for none
 * @param finalFraction f, in [0, 1]
 * @param adamW the other hyperparameters; its learning rate is not used
 * @param seed determines every random choice of the run
 */
public record Schedule(
    int steps,
    double peakLearningRate,
    int warmupSteps,
    double finalFraction,
    AdamW adamW,
    long seed) {
  private static final int STANDARD_WARMUP = 20;
  private static final double STANDARD_FRACTION = 0.1;

  /** Checks the ranges. */
  public Schedule {
    if (steps < 1
        || !(peakLearningRate > 0)
        || !Double.isFinite(peakLearningRate)
        || warmupSteps < 0
        || !(finalFraction >= 0 && finalFraction <= 1)) {
      throw new IllegalArgumentException(
          "a schedule needs at least one step, a positive rate, no negative warm-up and a final"
              + " fraction in [0, 1]; got "
              + steps
              + ", "
              + peakLearningRate
              + ", "
              + warmupSteps
              + ", "
              + finalFraction);
    }
  }

  /**
   * The schedule measured for small models: 20 warm-up steps, cosine to a tenth, the settings of
   * {@link AdamW#withLearningRate}.
   *
   * @param steps optimizer steps
   * @param peakLearningRate 2e-3 for models of a million parameters; far less for large ones
   * @param seed determines every random choice of the run
   * @return a schedule
   */
  public static Schedule of(int steps, double peakLearningRate, long seed) {
    return new Schedule(
        steps,
        peakLearningRate,
        STANDARD_WARMUP,
        STANDARD_FRACTION,
        AdamW.withLearningRate(peakLearningRate),
        seed);
  }

  /**
   * The same with another seed.
   *
   * @param newSeed determines every random choice of the run
   * @return a new schedule
   */
  public Schedule withSeed(long newSeed) {
    return new Schedule(steps, peakLearningRate, warmupSteps, finalFraction, adamW, newSeed);
  }

  /**
   * The learning rate of a step.
   *
   * @param done steps made before it, from 0
   * @return a positive rate, or 0 at the very end if the final fraction is 0
   */
  public double learningRate(int done) {
    double warm = warmupSteps == 0 ? 1 : Math.min(1, (done + 1.0) / warmupSteps);
    double cosine = 0.5 * (1 + Math.cos(Math.PI * done / steps));
    return peakLearningRate * warm * (finalFraction + (1 - finalFraction) * cosine);
  }
}
