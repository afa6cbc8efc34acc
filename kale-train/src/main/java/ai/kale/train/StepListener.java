package ai.kale.train;

/** Told after every optimizer step, on the training thread. */
@FunctionalInterface
public interface StepListener {
  /** Ignores every step. */
  StepListener NONE = report -> {};

  /**
   * Called after a step. An exception ends the training.
   *
   * @param report what the step did
   */
  void onStep(StepReport report);

  /**
   * Tells this one, then another.
   *
   * @param other who else is told
   * @return a listener of both
   */
  default StepListener and(StepListener other) {
    return report -> {
      onStep(report);
      other.onStep(report);
    };
  }
}
