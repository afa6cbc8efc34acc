package ai.kale.train.objective;

import ai.kale.spi.tensor.LossTerm;
import ai.kale.train.data.TrainingExample;
import java.util.List;

/**
 * Cross-entropy that makes an intermediate layer name the first token of the answer at the last
 * prompt token. On replayed one-hop facts it keeps the layer that the {@link BridgeLens} reads able
 * to recall them.
 *
 * @param depth fraction of the model's layers, in (0, 1]; one half is layer 2 of 4
 * @param weight factor in front of the mean
 */
public record EarlyAnswer(double depth, double weight) implements Term {
  /** Checks fraction and weight. */
  public EarlyAnswer {
    if (!(depth > 0 && depth <= 1)) {
      throw new IllegalArgumentException("depth must lie in (0, 1]; got " + depth);
    }
    if (!Double.isFinite(weight)) {
      throw new IllegalArgumentException("a term needs a finite weight; got " + weight);
    }
  }

  @Override
  public String name() {
    return "early-answer";
  }

  @Override
  public int rows(TrainingExample example, Completion completion) {
    return 1;
  }

  @Override
  public List<LossTerm> lossTerms(TermBatch batch, double divisor) {
    int layer = LensLayers.atDepth(depth, batch.layerCount());
    RowList rows = new RowList();
    for (int i = 0; i < batch.examples().size(); i++) {
      TrainingExample example = batch.examples().get(i);
      rows.add(i, example.lastPromptPosition(), example.answer()[0]);
    }
    return List.of(
        new LossTerm(name() + "@" + layer, rows.rows(layer), rows.target(), weight, divisor));
  }
}
