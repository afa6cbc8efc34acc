package ai.kale.train.teacher;

import ai.kale.error.InvalidInputException;
import ai.kale.error.SetupException;
import ai.kale.run.RunContext;
import ai.kale.spi.tensor.Distributions;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.spi.tensor.TokenPredictor;
import ai.kale.train.data.PassLimit;
import ai.kale.train.data.TrainingExample;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A frozen teacher in memory: distributions of all answer rows of a list of examples, computed
 * once. A training step then costs what a step of plain fine-tuning costs. {@link
 * FrozenTeacherCache} keeps them on disk.
 *
 * @param key what they were computed from, see {@link TeacherKey#hash}
 * @param all one row for each answer token, example by example
 * @param offsets first row of each example, and the row count at the end; {@code examples + 1}
 */
public record TeacherTargets(String key, Distributions all, int[] offsets) implements Teacher {
  private static final int MOST_VALUES = Integer.MAX_VALUE - 8;

  /** Checks the offsets. */
  public TeacherTargets {
    if (offsets.length == 0 || offsets[offsets.length - 1] != all.rows()) {
      throw new IllegalArgumentException("offsets do not end at " + all.rows() + " rows");
    }
  }

  /**
   * Computes the distributions, in passes of similar length. Cost: one forward pass over all
   * reading prompts, and {@code 8 · k + 4} bytes of heap for each answer token.
   *
   * @param key what they are computed from
   * @param teacher the model that reads the rationales, not changed
   * @param examples each with a rationale
   * @param limit of one pass
   * @param context progress and cancellation
   * @return the targets, in the order of the examples
   * @throws InvalidInputException if an example has no rationale, naming the question
   * @throws SetupException if they would take more than a quarter of the heap, or the teacher gives
   *     no numbers
   * @throws ai.kale.error.InsufficientMemoryException if a pass does not fit, with what to lower
   */
  public static TeacherTargets compute(
      TeacherKey key,
      TokenPredictor teacher,
      List<TrainingExample> examples,
      PassLimit limit,
      RunContext context) {
    long[] starts = ReadingPlan.offsets(examples);
    int k = Math.min(key.k(), teacher.vocabularySize());
    refuseTooMany(starts[examples.size()], k);
    int[] offsets = Arrays.stream(starts).mapToInt(Math::toIntExact).toArray();
    int rows = offsets[examples.size()];
    int[] ids = new int[rows * k];
    float[] logs = new float[rows * k];
    float[] tails = new float[rows];
    int done = 0;
    for (int[] pass : ReadingPlan.passes(examples, limit)) {
      context.step("teacher", done, examples.size());
      Distributions some = FrozenReading.run(teacher, examples, pass, k, key.temperature());
      int read = 0;
      for (int i : pass) {
        int count = offsets[i + 1] - offsets[i];
        System.arraycopy(some.ids(), read * k, ids, offsets[i] * k, count * k);
        System.arraycopy(some.logProbabilities(), read * k, logs, offsets[i] * k, count * k);
        System.arraycopy(some.tailLogProbabilities(), read, tails, offsets[i], count);
        read += count;
      }
      done += pass.length;
    }
    return new TeacherTargets(key.hash(), new Distributions(rows, k, ids, logs, tails), offsets);
  }

  private static void refuseTooMany(long rows, int k) {
    double bytes = rows * (8.0 * k + 4);
    if (bytes > Runtime.getRuntime().maxMemory() / 4.0 || (double) rows * k > MOST_VALUES) {
      throw new SetupException(
          String.format(
              Locale.ROOT,
              "the teacher's distributions of %d answer tokens with %d tokens each take %.1f GB;"
                  + " give a cacheFolder, which keeps them on disk, or keep fewer tokens",
              rows,
              k,
              bytes / 1e9));
    }
  }

  @Override
  public void checkServes(List<TrainingExample> examples) {
    if (!Arrays.equals(
        ReadingPlan.offsets(examples), Arrays.stream(offsets).asLongStream().toArray())) {
      throw new IllegalArgumentException(
          "the teacher's distributions were computed for "
              + (offsets.length - 1)
              + " other examples; compute them for the list that is trained on");
    }
  }

  @Override
  public Distributions distributions(
      TensorModel student, List<TrainingExample> examples, int[] indexes) {
    int rows = 0;
    for (int index : indexes) {
      rows += offsets[index + 1] - offsets[index];
    }
    int[] selected = new int[rows];
    int at = 0;
    for (int index : indexes) {
      for (int row = offsets[index]; row < offsets[index + 1]; row++) {
        selected[at++] = row;
      }
    }
    return all.select(selected);
  }

  @Override
  public boolean runsModel() {
    return false;
  }

  @Override
  public String describe() {
    return describe(key);
  }

  /**
   * What {@link #describe()} says of distributions made from a key, on disk or in memory.
   *
   * @param key see {@link TeacherKey#hash}
   * @return a line
   */
  public static String describe(String key) {
    return "frozen teacher " + key;
  }
}
