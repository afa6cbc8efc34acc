package ai.kale.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.kale.spi.tensor.Distributions;
import ai.kale.spi.tensor.Divergence;
import ai.kale.spi.tensor.LossTerm;
import ai.kale.spi.tensor.RowSelection;
import ai.kale.spi.tensor.RowTarget;
import ai.kale.spi.tensor.TensorEngine;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.spi.tensor.TokenBatch;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the divergences of every {@link TensorEngine} are worth. */
public abstract class TensorDivergenceContract extends TensorEngineFixture {
  static List<Divergence> divergences() {
    return List.of(
        Divergence.FORWARD_KL,
        Divergence.REVERSE_KL,
        Divergence.JENSEN_SHANNON,
        Divergence.jensenShannon(0.1),
        Divergence.jensenShannon(0.9));
  }

  private static double value(
      TensorModel model, TokenBatch batch, RowSelection rows, RowTarget target) {
    return model.evaluate(batch, List.of(LossTerm.mean("match", rows, target))).total();
  }

  @ParameterizedTest
  @MethodSource("divergences")
  void divergencesAreZeroAtTheTargetAndPositiveElsewhere(Divergence kind) {
    try (TensorModel model = open(1);
        TensorModel teacher = open(2)) {
      TokenBatch batch = batch(model, 6, 6, 9);
      RowSelection rows = answers(model, batch, 1).rows();
      for (int k : new int[] {1, 5, model.vocabularySize()}) {
        Distributions own = model.topK(batch, rows, k, 2);
        Distributions other = teacher.topK(batch, rows, k, 2);
        assertThat(value(model, batch, rows, new RowTarget.Match(kind, 2, own)))
            .isCloseTo(0, within(1e-6));
        assertThat(value(model, batch, rows, new RowTarget.Match(kind, 2, other))).isGreaterThan(0);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("divergences")
  void divergencesFollowTheirFormulaOverTheTopTokensAndTheRest(Divergence kind) {
    try (TensorModel model = open(1);
        TensorModel teacher = open(2)) {
      TokenBatch batch = batch(model, 6, 6, 9);
      RowSelection rows = answers(model, batch, 1).rows();
      double[][] p = probabilities(model, batch, rows, 1.5);
      for (int k : new int[] {1, 5, model.vocabularySize()}) {
        Distributions q = teacher.topK(batch, rows, k, 1.5);
        double sum = 0;
        for (int row = 0; row < p.length; row++) {
          double rest = 1;
          for (int j = row * k; j < (row + 1) * k; j++) {
            sum += outcome(kind, p[row][q.ids()[j]], Math.exp(q.logProbabilities()[j]));
            rest -= p[row][q.ids()[j]];
          }
          if (k < model.vocabularySize()) {
            sum += outcome(kind, rest, Math.exp(q.tailLogProbabilities()[row]));
          }
        }
        assertThat(value(model, batch, rows, new RowTarget.Match(kind, 1.5, q)))
            .as("k = %d", k)
            .isCloseTo(sum / p.length, within(2e-5));
      }
    }
  }

  private static double outcome(Divergence kind, double p, double q) {
    double beta = kind.beta();
    double m = beta * q + (1 - beta) * p;
    return switch (kind.kind()) {
      case FORWARD_KL -> q * Math.log(q / p);
      case REVERSE_KL -> p * Math.log(p / q);
      case JENSEN_SHANNON -> beta * q * Math.log(q / m) + (1 - beta) * p * Math.log(p / m);
    };
  }

  /** Over β it tends to KL(q ‖ p), over 1 − β to KL(p ‖ q). */
  @Test
  void theGeneralizedDivergenceLiesBetweenBothDirections() {
    try (TensorModel model = open(1);
        TensorModel teacher = open(2)) {
      TokenBatch batch = batch(model, 6, 6, 9);
      RowSelection rows = answers(model, batch, 1).rows();
      Distributions q = teacher.topK(batch, rows, model.vocabularySize(), 1);
      double forward = value(model, batch, rows, new RowTarget.Match(Divergence.FORWARD_KL, 1, q));
      double reverse = value(model, batch, rows, new RowTarget.Match(Divergence.REVERSE_KL, 1, q));
      double low = jensenShannon(model, batch, rows, q, 0.01);
      double high = jensenShannon(model, batch, rows, q, 0.99);
      assertThat(Math.abs(forward - reverse)).isGreaterThan(0.03);
      assertThat(low / 0.01).isCloseTo(forward, within(0.05 * forward));
      assertThat(high / 0.01).isCloseTo(reverse, within(0.05 * reverse));
      assertThat(jensenShannon(model, batch, rows, q, 0.5)).isBetween(0.0, Math.log(2));
    }
  }

  private static double jensenShannon(
      TensorModel model, TokenBatch batch, RowSelection rows, Distributions q, double beta) {
    return value(model, batch, rows, new RowTarget.Match(Divergence.jensenShannon(beta), 1, q));
  }
}
