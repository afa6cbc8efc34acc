package ai.kale.train.teacher;

import ai.kale.error.InvalidInputException;
import ai.kale.run.RunContext;
import ai.kale.spi.tensor.Distributions;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.train.data.TrainingExample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A frozen teacher: distributions of all answer rows of a list of examples, computed once. A
 * training step then costs what a step of plain fine-tuning costs.
 *
 * @param key what they were computed from, see {@link TeacherKey#hash}
 * @param all one row for each answer token, example by example
 * @param offsets first row of each example, and the row count at the end; {@code examples + 1}
 */
public record TeacherTargets(String key, Distributions all, int[] offsets) implements Teacher {
  /** Checks the offsets. */
  public TeacherTargets {
    if (offsets.length == 0 || offsets[offsets.length - 1] != all.rows()) {
      throw new IllegalArgumentException("offsets do not end at " + all.rows() + " rows");
    }
  }

  /**
   * Computes the distributions, in batches of similar length. Cost: one forward pass over all
   * reading prompts.
   *
   * @param key what they are computed from
   * @param teacher the model that reads the rationales, not changed
   * @param examples each with a rationale
   * @param batchSize examples in one pass
   * @param context progress and cancellation
   * @return the targets, in the order of the examples
   * @throws InvalidInputException if an example has no rationale, naming the question
   */
  public static TeacherTargets compute(
      TeacherKey key,
      TensorModel teacher,
      List<TrainingExample> examples,
      int batchSize,
      RunContext context) {
    int[] offsets = offsets(examples);
    int k = Math.min(key.k(), teacher.vocabularySize());
    int rows = offsets[examples.size()];
    int[] ids = new int[Math.multiplyExact(rows, k)];
    float[] logs = new float[rows * k];
    float[] tails = new float[rows];
    List<Integer> order =
        IntStream.range(0, examples.size())
            .boxed()
            .sorted(Comparator.comparingInt(i -> examples.get(i).readingPrompt().length))
            .toList();
    for (int from = 0; from < order.size(); from += batchSize) {
      context.step("teacher", from, order.size());
      List<Integer> chosen = order.subList(from, Math.min(order.size(), from + batchSize));
      List<TrainingExample> batch = new ArrayList<>(chosen.size());
      chosen.forEach(i -> batch.add(examples.get(i)));
      Distributions some = TeacherPass.run(teacher, batch, k, key.temperature());
      int read = 0;
      for (int i : chosen) {
        int count = offsets[i + 1] - offsets[i];
        System.arraycopy(some.ids(), read * k, ids, offsets[i] * k, count * k);
        System.arraycopy(some.logProbabilities(), read * k, logs, offsets[i] * k, count * k);
        System.arraycopy(some.tailLogProbabilities(), read, tails, offsets[i], count);
        read += count;
      }
    }
    return new TeacherTargets(key.hash(), new Distributions(rows, k, ids, logs, tails), offsets);
  }

  static int[] offsets(List<TrainingExample> examples) {
    int[] offsets = new int[examples.size() + 1];
    for (int i = 0; i < examples.size(); i++) {
      TrainingExample example = examples.get(i);
      if (!example.hasRationale()) {
        throw new InvalidInputException(
            "question "
                + example.questionId()
                + " has no rationale for the teacher to read; synthesise one or leave it out");
      }
      offsets[i + 1] = Math.addExact(offsets[i], example.answer().length);
    }
    return offsets;
  }

  @Override
  public void checkServes(List<TrainingExample> examples) {
    if (!Arrays.equals(offsets(examples), offsets)) {
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
  public String describe() {
    return "frozen teacher " + key;
  }
}
