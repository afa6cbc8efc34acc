package ai.kale.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one step did.
 *
 * @param step steps made so far, this one included
 * @param source name of the source it drew
 * @param losses value of each loss term in nats, its weight included, in the objective's order
 * @param gradientNorm global L2 norm before clipping
 * @param learningRate the rate of this step
 * @param tokens tokens run through the model in training passes, padding not counted
 */
public record StepReport(
    int step,
    String source,
    Map<String, Double> losses,
    double gradientNorm,
    double learningRate,
    long tokens) {
  /** Copies the map. */
  public StepReport {
    losses = Collections.unmodifiableMap(new LinkedHashMap<>(losses));
  }

  /** The sum of all loss terms. */
  public double loss() {
    return losses.values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
