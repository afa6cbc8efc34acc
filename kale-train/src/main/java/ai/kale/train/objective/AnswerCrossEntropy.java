package ai.kale.train.objective;

import ai.kale.spi.tensor.LossTerm;
import ai.kale.spi.tensor.RowSelection;
import ai.kale.train.data.TrainingExample;
import java.util.List;

/**
 * Cross-entropy over the tokens of the completion, the end-of-sequence token included; the prompt
 * is not scored. With {@link Completion#ANSWER} this is plain fine-tuning, with {@link
 * Completion#RATIONALE_THEN_ANSWER} fine-tuning on the rationale data.
 *
 * @param weight factor in front of the mean
 */
public record AnswerCrossEntropy(double weight) implements Term {
  /** Checks the weight. */
  public AnswerCrossEntropy {
    if (!Double.isFinite(weight)) {
      throw new IllegalArgumentException("a term needs a finite weight; got " + weight);
    }
  }

  /** With weight 1. */
  public AnswerCrossEntropy() {
    this(1);
  }

  @Override
  public String name() {
    return "answer-cross-entropy";
  }

  @Override
  public int rows(TrainingExample example, Completion completion) {
    return completion.of(example).length;
  }

  @Override
  public List<LossTerm> lossTerms(TermBatch batch, double divisor) {
    RowList rows = new RowList();
    for (int i = 0; i < batch.examples().size(); i++) {
      rows.addCompletion(i, batch.examples().get(i).prompt().length, batch.completionOf(i));
    }
    return List.of(
        new LossTerm(name(), rows.rows(RowSelection.LAST_LAYER), rows.target(), weight, divisor));
  }
}
