package ai.kale.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What one step did.
 *
 * @param step steps made so far, this one included
 * @param source name of the source it drew
 * @param losses value of each loss term in nats, its weight included, in the objective's order
 * @param divergence mean divergence from the teacher for each answer token in nats, without its
 *     weight (the sum, if several are compared); empty without a teacher
 * @param gradientNorm global L2 norm before clipping
 * @param learningRate the rate of this step
 * @param tokens tokens run through the model in training passes, padding not counted
 * @param seconds wall time of the step, teacher included, checkpoints and listeners not
 * @param memoryBytes memory of the process after the step, see {@link
 *     ai.kale.train.io.ProcessMemory#bytes}
 */
public record StepReport(
    int step,
    String source,
    Map<String, Double> losses,
    OptionalDouble divergence,
    double gradientNorm,
    double learningRate,
    long tokens,
    double seconds,
    long memoryBytes) {
  /** Copies the map. */
  public StepReport {
    losses = Collections.unmodifiableMap(new LinkedHashMap<>(losses));
  }

  /** The sum of all loss terms. */
  public double loss() {
    return losses.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** Each term's part of {@link #loss}; they add up to 1 unless the loss is 0, then all are 0. */
  public Map<String, Double> shares() {
    double loss = loss();
    Map<String, Double> shares = new LinkedHashMap<>();
    losses.forEach((name, value) -> shares.put(name, loss == 0 ? 0 : value / loss));
    return Collections.unmodifiableMap(shares);
  }

  /** Tokens of training passes for each second of wall time. */
  public double tokensPerSecond() {
    return seconds > 0 ? tokens / seconds : 0;
  }
}
