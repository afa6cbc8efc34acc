package ai.kale.train;

import ai.kale.error.TrainingDivergedException;
import ai.kale.spi.tensor.TensorModel;

/** Looks whether a step has left numbers: its gradient may be finite and its weights not. */
final class FiniteWeights {
  private FiniteWeights() {}

  /**
   * Checks all trained values. Cost: each is copied out once, one parameter at a time.
   *
   * @param model as the last step left it
   * @param step steps made so far
   * @param rate learning rate of the last of them
   * @throws TrainingDivergedException if one is NaN or infinite, naming the parameter
   */
  static void check(TensorModel model, int step, double rate) {
    for (String name : model.trainableParameterNames()) {
      for (float value : model.parameter(name).values()) {
        if (!Float.isFinite(value)) {
          throw new TrainingDivergedException(
              "after step "
                  + step
                  + " (learning rate "
                  + rate
                  + ") the parameter "
                  + name
                  + " holds "
                  + value
                  + "; these weights are not written, and an earlier checkpoint is as it was. Lower"
                  + " the learning rate and begin anew.");
        }
      }
    }
  }
}
