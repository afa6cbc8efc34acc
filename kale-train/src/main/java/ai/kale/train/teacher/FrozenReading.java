package ai.kale.train.teacher;

import ai.kale.error.InsufficientMemoryException;
import ai.kale.error.SetupException;
import ai.kale.error.TrainingDivergedException;
import ai.kale.spi.tensor.Distributions;
import ai.kale.spi.tensor.TokenPredictor;
import ai.kale.train.data.TrainingExample;
import java.util.Arrays;
import java.util.List;

/** Passes of a frozen teacher before training, whose failures say what to do before it begins. */
final class FrozenReading {
  private FrozenReading() {}

  /**
   * As {@link TeacherPass#run}.
   *
   * @throws SetupException if the model gives no numbers, naming the questions
   * @throws InsufficientMemoryException if the pass does not fit, with what to lower
   */
  static Distributions run(
      TokenPredictor teacher,
      List<TrainingExample> examples,
      int[] pass,
      int k,
      double temperature) {
    try {
      return TeacherPass.run(teacher, examples, pass, k, temperature);
    } catch (TrainingDivergedException e) {
      throw new SetupException(
          "the base model cannot be the teacher, nothing was trained: "
              + e.getMessage()
              + ". Its weights or its number format are broken: check the checkpoint, try"
              + " Precision.F32, or leave these questions out",
          e);
    } catch (InsufficientMemoryException e) {
      throw tooLarge(examples, pass, e);
    }
  }

  private static InsufficientMemoryException tooLarge(
      List<TrainingExample> examples, int[] pass, InsufficientMemoryException cause) {
    int longest = Arrays.stream(pass).map(i -> ReadingPlan.length(examples.get(i))).max().orElse(0);
    return new InsufficientMemoryException(
        "the memory did not suffice before the first step, for a pass of the frozen teacher over "
            + pass.length
            + " questions with their rationales, the longest of "
            + longest
            + " tokens: "
            + cause.getMessage()
            + ". Lower microBatch or microBatchTokens, which changes rounding only; or leave the"
            + " longest questions out. With a cacheFolder, what was read before is kept. Questions"
            + " of the pass: "
            + TeacherPass.ids(examples, pass),
        cause);
  }
}
