package ai.kale.train.objective;

import ai.kale.spi.tensor.LossTerm;
import ai.kale.train.data.Bridge;
import ai.kale.train.data.TrainingExample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Cross-entropy that makes intermediate layers name the intermediate entities of the question's
 * path: {@code weight · mean over rows of −log softmax(head(norm(h_ℓ(j))))[token]}, with the hidden
 * state of layer ℓ(j) read through the model's own final norm and head. It needs the path, not the
 * rationale, and no extra token at inference.
 *
 * <p>With {@link Tokens#FIRST} there is one row for each bridge j: the last prompt token, which
 * must name the first token of the bridge's label. With {@link Tokens#ALL} the label is unrolled:
 * its token t is read after the prompt and the label's tokens before t, all at layer ℓ(j). The rows
 * of a label of m tokens are m, and the mean is over all of them, so long labels count more.
 *
 * <p>Cost: FIRST adds one row of the head for each bridge and layer and no token to the pass. ALL
 * adds, for each bridge of m &gt; 1 tokens, a sequence of prompt + m − 1 tokens that runs through
 * all layers: with one such bridge for every example, about the cost of a second pass over the
 * prompts.
 *
 * <p>The same reading as a measure is the internal entity recall of Yang et al. (arXiv 2402.16837);
 * as a training signal an auxiliary loss of this kind did not help in Balesni et al. (2411.16353).
 * Masked bridges are left out.
 *
 * @param layers which layer for which bridge
 * @param weight factor in front of the mean over all rows of a step
 * @param tokens which tokens of a label are supervised
 * @param warmupSteps the weight rises from {@code weight / warmupSteps} in the first step to its
 *     full value in this one; 0 for none
 */
public record BridgeLens(LensLayers layers, double weight, Tokens tokens, int warmupSteps)
    implements Term {
  /** Which tokens of a bridge's label are supervised. */
  public enum Tokens {
    /** The first. */
    FIRST,
    /** All, each after those before it. */
    ALL
  }

  /** Checks the range. */
  public BridgeLens {
    if (!Double.isFinite(weight) || warmupSteps < 0) {
      throw new IllegalArgumentException(
          "a bridge lens needs a finite weight and no negative warm-up; got "
              + weight
              + " and "
              + warmupSteps);
    }
  }

  /**
   * The first token of each bridge, with the full weight from the first step.
   *
   * @param layers which layer for which bridge
   * @param weight factor in front of the mean
   */
  public BridgeLens(LensLayers layers, double weight) {
    this(layers, weight, Tokens.FIRST, 0);
  }

  /**
   * The same for other tokens of the labels.
   *
   * @param which tokens that are supervised
   * @return a new term
   */
  public BridgeLens withTokens(Tokens which) {
    return new BridgeLens(layers, weight, which, warmupSteps);
  }

  /**
   * The same with a weight that rises over the first steps.
   *
   * @param steps steps until the full weight; 0 for none
   * @return a new term
   */
  public BridgeLens withWarmup(int steps) {
    return new BridgeLens(layers, weight, tokens, steps);
  }

  @Override
  public String name() {
    return "bridge-lens";
  }

  @Override
  public double weightAt(int step) {
    return warmupSteps == 0 ? weight : weight * Math.min(1, (step + 1.0) / warmupSteps);
  }

  @Override
  public int rows(TrainingExample example, Completion completion) {
    return supervised(example).stream().mapToInt(this::tokensOf).sum();
  }

  @Override
  public List<int[]> extraSequences(TrainingExample example) {
    return supervised(example).stream()
        .filter(bridge -> tokensOf(bridge) > 1)
        .map(bridge -> unrolled(example.prompt(), bridge.tokens()))
        .toList();
  }

  private static int[] unrolled(int[] prompt, List<Integer> label) {
    int[] all = Arrays.copyOf(prompt, prompt.length + label.size() - 1);
    for (int t = 0; t + 1 < label.size(); t++) {
      all[prompt.length + t] = label.get(t);
    }
    return all;
  }

  private List<Bridge> supervised(TrainingExample example) {
    return layers.covers(example.bridges().size())
        ? example.bridges().stream().filter(Bridge::supervised).toList()
        : List.of();
  }

  private int tokensOf(Bridge bridge) {
    return tokens == Tokens.ALL ? bridge.tokens().size() : 1;
  }

  @Override
  public List<LossTerm> lossTerms(TermBatch batch, double divisor) {
    Map<Integer, RowList> byLayer = new TreeMap<>();
    int extra = batch.firstExtra();
    for (int i = 0; i < batch.examples().size(); i++) {
      TrainingExample example = batch.examples().get(i);
      int bridges = example.bridges().size();
      for (Bridge bridge : supervised(example)) {
        int layer = layers.layer(bridge.hop(), bridges, batch.layerCount());
        RowList rows = byLayer.computeIfAbsent(layer, l -> new RowList());
        rows.add(i, example.lastPromptPosition(), bridge.token());
        int count = tokensOf(bridge);
        for (int t = 1; t < count; t++) {
          rows.add(extra, example.lastPromptPosition() + t, bridge.tokens().get(t));
        }
        extra += count > 1 ? 1 : 0;
      }
    }
    List<LossTerm> terms = new ArrayList<>();
    double factor = weightAt(batch.step());
    byLayer.forEach(
        (layer, rows) ->
            terms.add(
                new LossTerm(
                    name() + "@" + layer, rows.rows(layer), rows.target(), factor, divisor)));
    return terms;
  }
}
