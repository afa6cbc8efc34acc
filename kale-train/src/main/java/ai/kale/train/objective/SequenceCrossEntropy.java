package ai.kale.train.objective;

import ai.kale.spi.tensor.LossTerm;
import ai.kale.spi.tensor.RowSelection;
import ai.kale.train.data.TrainingExample;
import java.util.List;

/**
 * Cross-entropy over all tokens but the first, prompt included: language modelling, for
 * pretraining.
 *
 * @param weight factor in front of the mean
 */
public record SequenceCrossEntropy(double weight) implements Term {
  /** Checks the weight. */
  public SequenceCrossEntropy {
    if (!Double.isFinite(weight)) {
      throw new IllegalArgumentException("a term needs a finite weight; got " + weight);
    }
  }

  /** With weight 1. */
  public SequenceCrossEntropy() {
    this(1);
  }

  @Override
  public String name() {
    return "sequence-cross-entropy";
  }

  @Override
  public int rows(TrainingExample example, Completion completion) {
    return example.prompt().length - 1 + completion.of(example).length;
  }

  @Override
  public List<LossTerm> lossTerms(TermBatch batch, double divisor) {
    RowList rows = new RowList();
    for (int i = 0; i < batch.examples().size(); i++) {
      int[] prompt = batch.examples().get(i).prompt();
      for (int position = 0; position + 1 < prompt.length; position++) {
        rows.add(i, position, prompt[position + 1]);
      }
      rows.addCompletion(i, prompt.length, batch.completionOf(i));
    }
    return List.of(
        new LossTerm(name(), rows.rows(RowSelection.LAST_LAYER), rows.target(), weight, divisor));
  }
}
