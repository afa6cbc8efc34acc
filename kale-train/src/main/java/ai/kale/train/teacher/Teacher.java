package ai.kale.train.teacher;

import ai.kale.spi.tensor.Distributions;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.train.data.TrainingExample;
import java.util.List;

/**
 * Gives the fixed distributions q of a divergence: what is answered after reading the rationale.
 */
public interface Teacher {
  /**
   * Distributions for the rows of some answers.
   *
   * @param student the model in training, as it is now
   * @param examples all examples of the source
   * @param indexes which of them, in the wanted order; each has a rationale
   * @return one row for each answer token (end-of-sequence token included), example by example
   */
  Distributions distributions(TensorModel student, List<TrainingExample> examples, int[] indexes);

  /**
   * Checks that this teacher can serve a list of examples.
   *
   * @param examples all examples of a source
   * @throws IllegalArgumentException if it was made for others
   */
  default void checkServes(List<TrainingExample> examples) {}

  /**
   * Whether each call runs a model over the reading prompts, so that a pass must have room for
   * them.
   */
  default boolean runsModel() {
    return true;
  }

  /** A line that determines this teacher, for hashes and provenance. */
  String describe();
}
