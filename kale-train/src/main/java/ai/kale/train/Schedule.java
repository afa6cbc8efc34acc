package ai.kale.train;

import ai.kale.spi.tensor.AdamW;

/**
 * How long and how fast to train: a linear warm-up times a curve that falls from 1 to a fraction.
 * With s steps done of n, w of warm-up, peak rate r, final fraction f and the shape's g the rate is
 *
 * <pre>r · min(1, (s + 1) / w) · (f + (1 − f) · g(s / n))</pre>
 *
 * <p>The curve begins with the first step, not after the warm-up.
 *
 * @param steps optimizer steps, at least 1
 * @param peakLearningRate r, positive
 * @param warmupSteps w; 0 for none
 * @param shape g
 * @param finalFraction f, in [0, 1]; without effect on {@link Shape#CONSTANT}
 * @param adamW the other hyperparameters; its learning rate is not used
 * @param seed determines every random choice of the run
 */
public record Schedule(
    int steps,
    double peakLearningRate,
    int warmupSteps,
    Shape shape,
    double finalFraction,
    AdamW adamW,
    long seed) {
  /** How the rate falls: g, from 1 at the start to 0 at the end. */
  public enum Shape {
    /** {@code ½ (1 + cos(π x))}. */
    COSINE {
      @Override
      double at(int done, int steps) {
        return 0.5 * (1 + Math.cos(Math.PI * done / steps));
      }
    },
    /** {@code 1 − x}. */
    LINEAR {
      @Override
      double at(int done, int steps) {
        return 1 - (double) done / steps;
      }
    },
    /** {@code 1}: the peak rate to the end. */
    CONSTANT {
      @Override
      double at(int done, int steps) {
        return 1;
      }
    };

    abstract double at(int done, int steps);
  }

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
        Shape.COSINE,
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
    return new Schedule(steps, peakLearningRate, warmupSteps, shape, finalFraction, adamW, newSeed);
  }

  /**
   * The same with another curve.
   *
   * @param newShape how the rate falls
   * @param newFinalFraction what it falls to, as a fraction of the peak, in [0, 1]
   * @return a new schedule
   */
  public Schedule withShape(Shape newShape, double newFinalFraction) {
    return new Schedule(
        steps, peakLearningRate, warmupSteps, newShape, newFinalFraction, adamW, seed);
  }

  /**
   * The same with another warm-up.
   *
   * @param newSteps steps until the peak rate; 0 for none
   * @return a new schedule
   */
  public Schedule withWarmup(int newSteps) {
    return new Schedule(steps, peakLearningRate, newSteps, shape, finalFraction, adamW, seed);
  }

  /**
   * The same with other settings of the optimizer.
   *
   * @param settings moments, weight decay and the norm that gradients are clipped to; its learning
   *     rate is not used
   * @return a new schedule
   */
  public Schedule withAdamW(AdamW settings) {
    return new Schedule(steps, peakLearningRate, warmupSteps, shape, finalFraction, settings, seed);
  }

  /**
   * The learning rate of a step.
   *
   * @param done steps made before it, from 0
   * @return a positive rate, or 0 at the very end if the final fraction is 0
   */
  public double learningRate(int done) {
    double warm = warmupSteps == 0 ? 1 : Math.min(1, (done + 1.0) / warmupSteps);
    double fall = shape.at(done, steps);
    return peakLearningRate * warm * (finalFraction + (1 - finalFraction) * fall);
  }
}
