package ai.kale.train.teacher;

import ai.kale.error.SetupException;
import ai.kale.spi.tensor.Distributions;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.train.data.TrainingExample;
import java.util.List;

/**
 * The student with its adapter switched off, reading the rationale: the frozen base model over the
 * same weights, without a second copy. Costs one more forward pass a step; a {@link
 * FrozenTeacherCache} gives the same distributions without it.
 *
 * @param k most probable tokens kept, at least 1
 * @param temperature divides the logits, positive; the same as the objective's
 */
public record FrozenBaseTeacher(int k, double temperature) implements Teacher {
  /** Checks the ranges. */
  public FrozenBaseTeacher {
    if (k < 1 || !(temperature > 0)) {
      throw new IllegalArgumentException(
          "k must be at least 1 and the temperature positive; got " + k + " and " + temperature);
    }
  }

  /**
   * Distributions for the rows of some answers.
   *
   * @throws SetupException if the student has no adapter: its base is then not kept
   */
  @Override
  public Distributions distributions(
      TensorModel student, List<TrainingExample> examples, int[] indexes) {
    return TeacherPass.run(
        student
            .base()
            .orElseThrow(
                () ->
                    new SetupException(
                        "all weights are trained, so the frozen base is not kept; train an adapter,"
                            + " or take the cached frozen teacher")),
        examples,
        indexes,
        k,
        temperature);
  }

  @Override
  public String describe() {
    return toString();
  }
}
