package ai.kale.train.objective;

import ai.kale.spi.tensor.LossTerm;
import ai.kale.train.data.Bridge;
import ai.kale.train.data.TrainingExample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Cross-entropy that makes intermediate layers name the intermediate entities of the question's
 * path: {@code weight · mean over bridges j of −log softmax(head(norm(h_ℓ(j))))[bridge_j]}, with
 * the hidden state of layer ℓ(j) at the last prompt token read through the model's own final norm
 * and head. It needs the path, not the rationale, and no extra token at inference.
 *
 * <p>The same reading as a measure is the internal entity recall of Yang et al. (arXiv 2402.16837);
 * as a training signal an auxiliary loss of this kind did not help in Balesni et al. (2411.16353).
 * Of labels with several tokens only the first is supervised. Masked bridges are left out.
 *
 * @param layers which layer for which bridge
 * @param weight factor in front of the mean over all bridges of a step
 */
public record BridgeLens(LensLayers layers, double weight) implements Term {
  @Override
  public String name() {
    return "bridge-lens";
  }

  @Override
  public int rows(TrainingExample example, Completion completion) {
    return layers.covers(example.bridges().size())
        ? (int) example.bridges().stream().filter(Bridge::supervised).count()
        : 0;
  }

  @Override
  public List<LossTerm> lossTerms(TermBatch batch, double divisor) {
    Map<Integer, RowList> byLayer = new TreeMap<>();
    for (int i = 0; i < batch.examples().size(); i++) {
      TrainingExample example = batch.examples().get(i);
      int bridges = example.bridges().size();
      if (!layers.covers(bridges)) {
        continue;
      }
      for (Bridge bridge : example.bridges()) {
        if (bridge.supervised()) {
          int layer = layers.layer(bridge.hop(), bridges, batch.layerCount());
          byLayer
              .computeIfAbsent(layer, l -> new RowList())
              .add(i, example.lastPromptPosition(), bridge.token());
        }
      }
    }
    List<LossTerm> terms = new ArrayList<>();
    byLayer.forEach(
        (layer, rows) ->
            terms.add(
                new LossTerm(
                    name() + "@" + layer, rows.rows(layer), rows.target(), weight, divisor)));
    return terms;
  }
}
