package ai.kale.train.teacher;

import ai.kale.spi.tensor.TensorModel;
import java.nio.file.Path;

/**
 * A teacher that changes while the student trains. Its state is part of a checkpoint, so that a
 * resumed run is the uninterrupted one.
 */
public interface EvolvingTeacher extends Teacher {
  /**
   * Called once before the first step of a new run.
   *
   * @param student the model as it begins
   */
  void begin(TensorModel student);

  /**
   * Called after each optimizer step.
   *
   * @param student the model as the step left it
   * @param step steps made so far, this one included
   */
  void afterStep(TensorModel student, int step);

  /**
   * Writes the state.
   *
   * @param file replaced whole or not at all; its folder must exist
   * @throws ai.kale.error.SetupException if it cannot be written
   */
  void save(Path file);

  /**
   * Restores what {@link #save} wrote; takes the place of {@link #begin}.
   *
   * @param student the model of the same checkpoint
   * @param file the file
   * @throws ai.kale.error.CorruptFileException if it is damaged or belongs to another model
   * @throws ai.kale.error.SetupException if there is no such file or it cannot be read
   */
  void load(TensorModel student, Path file);
}
