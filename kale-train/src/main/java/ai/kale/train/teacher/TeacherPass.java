package ai.kale.train.teacher;

import ai.kale.error.TrainingDivergedException;
import ai.kale.spi.tensor.Distributions;
import ai.kale.spi.tensor.RowSelection;
import ai.kale.spi.tensor.TokenBatch;
import ai.kale.spi.tensor.TokenPredictor;
import ai.kale.train.data.TrainingExample;
import ai.kale.train.objective.RowList;
import ai.kale.train.objective.TermBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Runs a model as a teacher: reading prompt and answer, read at the answer's rows. */
final class TeacherPass {
  private static final int IDS_SHOWN = 100;

  private TeacherPass() {}

  /**
   * One forward pass. Row {@code readingPrompt.length - 1 + j} predicts answer token {@code j}.
   *
   * @param model who answers
   * @param examples where the chosen ones are
   * @param indexes which of them, each with a rationale
   * @param k tokens kept; the vocabulary's size if it is smaller
   * @param temperature divides the logits
   * @return the answer rows of the chosen examples, in order
   * @throws TrainingDivergedException if they are no numbers, naming the questions
   */
  static Distributions run(
      TokenPredictor model,
      List<TrainingExample> examples,
      int[] indexes,
      int k,
      double temperature) {
    List<int[]> sequences = new ArrayList<>(indexes.length);
    RowList rows = new RowList();
    for (int i = 0; i < indexes.length; i++) {
      TrainingExample example = examples.get(indexes[i]);
      sequences.add(TermBatch.join(example.readingPrompt(), example.answer()));
      rows.addCompletion(i, example.readingPrompt().length, example.answer());
    }
    Distributions all =
        model.topK(
            new TokenBatch(sequences),
            rows.rows(RowSelection.LAST_LAYER),
            Math.min(k, model.vocabularySize()),
            temperature);
    check(all, examples, indexes);
    return all;
  }

  private static void check(Distributions all, List<TrainingExample> examples, int[] indexes) {
    int row = 0;
    List<Integer> bad = new ArrayList<>();
    for (int index : indexes) {
      int end = row + examples.get(index).answer().length;
      boolean good = true;
      for (int r = row; r < end; r++) {
        good &= isNumber(all.tailLogProbabilities()[r]);
      }
      for (int v = row * all.k(); v < end * all.k(); v++) {
        good &= isNumber(all.logProbabilities()[v]);
      }
      if (!good) {
        bad.add(index);
      }
      row = end;
    }
    if (!bad.isEmpty()) {
      throw new TrainingDivergedException(
          "the teacher's probabilities are NaN or infinite for the questions "
              + ids(examples, bad.stream().mapToInt(Integer::intValue).toArray()));
    }
  }

  /** A token may have no probability at all, whose logarithm is -∞. */
  private static boolean isNumber(float logarithm) {
    return logarithm < Float.POSITIVE_INFINITY;
  }

  static String ids(List<TrainingExample> examples, int[] indexes) {
    return Arrays.stream(indexes)
        .mapToObj(i -> examples.get(i).questionId())
        .distinct()
        .limit(IDS_SHOWN)
        .collect(Collectors.joining(", "));
  }
}
