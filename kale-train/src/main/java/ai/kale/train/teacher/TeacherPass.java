package ai.kale.train.teacher;

import ai.kale.spi.tensor.Distributions;
import ai.kale.spi.tensor.RowSelection;
import ai.kale.spi.tensor.TokenBatch;
import ai.kale.spi.tensor.TokenPredictor;
import ai.kale.train.data.TrainingExample;
import ai.kale.train.objective.RowList;
import ai.kale.train.objective.TermBatch;
import java.util.ArrayList;
import java.util.List;

/** Runs a model as a teacher: reading prompt and answer, read at the answer's rows. */
final class TeacherPass {
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
    return model.topK(
        new TokenBatch(sequences),
        rows.rows(RowSelection.LAST_LAYER),
        Math.min(k, model.vocabularySize()),
        temperature);
  }
}
