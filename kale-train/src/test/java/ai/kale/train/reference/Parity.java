package ai.kale.train.reference;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.spi.tensor.Distributions;
import ai.kale.spi.tensor.LossTerm;
import ai.kale.spi.tensor.RowSelection;
import ai.kale.spi.tensor.StepLosses;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.spi.tensor.TokenBatch;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Compares a model of another engine with a reference model of the same weights. Errors are the L2
 * norm of the difference relative to that of the reference, for each row or parameter.
 */
public final class Parity {
  private Parity() {}

  /**
   * Log-probabilities of the whole vocabulary at all positions and layers.
   *
   * @param model the model under test
   * @param reference its copy
   * @param batch any batch
   * @param tolerance largest relative error
   * @return the largest error found
   */
  public static double assertLogProbabilities(
      TensorModel model, ReferenceModel reference, TokenBatch batch, double tolerance) {
    double worst = 0;
    for (int s = 0; s < batch.sequences().size(); s++) {
      int[] tokens = batch.sequences().get(s);
      int[] positions = IntStream.range(0, tokens.length).toArray();
      int[] sequences = new int[tokens.length];
      Arrays.fill(sequences, s);
      for (int layer = 1; layer <= model.layerCount(); layer++) {
        RowSelection rows = new RowSelection(layer, sequences, positions);
        Distributions found = model.topK(batch, rows, model.vocabularySize(), 1);
        double[][] expected = reference.logProbabilities(tokens, layer);
        for (int t = 0; t < tokens.length; t++) {
          double[] row = new double[found.k()];
          for (int j = 0; j < found.k(); j++) {
            row[found.ids()[t * found.k() + j]] = found.logProbabilities()[t * found.k() + j];
          }
          double error = error(row, expected[t], 0);
          assertThat(error)
              .as("sequence %d, position %d, layer %d", s, t, layer)
              .isLessThanOrEqualTo(tolerance);
          worst = Math.max(worst, error);
        }
      }
    }
    return worst;
  }

  /**
   * The value of each term and all gradients; both models are left with these gradients.
   *
   * @param model the model under test
   * @param reference its copy
   * @param batch any batch
   * @param terms any terms
   * @param tolerance largest relative error
   * @return the largest error of a gradient
   */
  public static double assertLossesAndGradients(
      TensorModel model,
      ReferenceModel reference,
      TokenBatch batch,
      List<LossTerm> terms,
      double tolerance) {
    model.zeroGradients();
    reference.zeroGradients();
    StepLosses found = model.accumulate(batch, terms);
    StepLosses expected = reference.accumulate(batch, terms);
    for (int i = 0; i < terms.size(); i++) {
      double size = Math.max(1, Math.abs(expected.values()[i]));
      assertThat(Math.abs(found.values()[i] - expected.values()[i]) / size)
          .as(terms.get(i).name())
          .isLessThanOrEqualTo(tolerance);
    }
    assertThat(model.trainableParameterNames()).isEqualTo(reference.trainableParameterNames());
    double worst = 0;
    for (String name : model.trainableParameterNames()) {
      float[] gradient = model.gradient(name).values();
      double[] row = IntStream.range(0, gradient.length).mapToDouble(i -> gradient[i]).toArray();
      double error = error(row, reference.exactGradient(name), 1e-7);
      assertThat(error).as(name).isLessThanOrEqualTo(tolerance);
      worst = Math.max(worst, error);
    }
    return worst;
  }

  /**
   * Below this absolute size, 32-bit rounding is no error: gradients that are 0 in exact numbers.
   */
  private static double error(double[] found, double[] expected, double ignored) {
    double difference = 0;
    double size = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += (found[i] - expected[i]) * (found[i] - expected[i]);
      size += expected[i] * expected[i];
    }
    return Math.sqrt(difference) <= ignored ? 0 : Math.sqrt(difference / size);
  }
}
