package ai.kale.tck;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.error.UnsupportedCapabilityException;
import ai.kale.spi.tensor.AdamW;
import ai.kale.spi.tensor.Distributions;
import ai.kale.spi.tensor.EngineOptions;
import ai.kale.spi.tensor.LossTerm;
import ai.kale.spi.tensor.NamedTensor;
import ai.kale.spi.tensor.RowSelection;
import ai.kale.spi.tensor.RowTarget;
import ai.kale.spi.tensor.TensorEngine;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.spi.tensor.TokenBatch;
import ai.kale.spi.tensor.TokenPredictor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** Models and batches for the contracts of the tensor SPI; {@link TensorEngineContract} has all. */
public abstract class TensorEngineFixture {
  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path folder;

  /** The engine under test. */
  protected abstract TensorEngine engine();

  /**
   * Writes a small checkpoint: at least 20 token ids, at least 2 layers, at least 48 positions; all
   * weights in {@code model.safetensors}, none of them zero throughout; modules with the paths
   * {@code model.layers.0.self_attn.q_proj}, and so on for each layer, and {@code v_proj}.
   *
   * @param folder created if missing
   * @param seed of its weights
   */
  protected abstract void writeCheckpoint(Path folder, long seed);

  final TensorModel open(long seed) {
    return open(seed, EngineOptions.cpu());
  }

  final TensorModel open(long seed, EngineOptions options) {
    Path checkpoint = folder.resolve("seed-" + seed);
    writeCheckpoint(checkpoint, seed);
    return engine().open(checkpoint, options);
  }

  /**
   * Opens with options that an engine may refuse. A refusal must be the exception made for it and
   * name what was asked for; the rest of the test is then skipped.
   */
  final TensorModel openIfSupported(long seed, EngineOptions options, String option) {
    try {
      return open(seed, options);
    } catch (UnsupportedCapabilityException refused) {
      assertThat(refused).hasMessageContaining(option);
      throw new TestAbortedException("the engine refuses " + option + ": " + refused.getMessage());
    }
  }

  static TokenBatch batch(TensorModel model, long seed, int... lengths) {
    SplittableRandom random = new SplittableRandom(seed);
    return new TokenBatch(
        Arrays.stream(lengths)
            .mapToObj(length -> random.ints(length, 0, model.vocabularySize()).toArray())
            .toList());
  }

  /** The last two positions of each sequence, with the last two ids of the vocabulary. */
  static LossTerm answers(TensorModel model, TokenBatch batch, double divisor) {
    int count = 2 * batch.sequences().size();
    int[] sequences = IntStream.range(0, count).map(i -> i / 2).toArray();
    int[] positions =
        IntStream.range(0, count)
            .map(i -> batch.sequences().get(i / 2).length - 2 + i % 2)
            .toArray();
    int[] tokens = IntStream.range(0, count).map(i -> model.vocabularySize() - 1 - i % 2).toArray();
    return new LossTerm(
        "answer",
        new RowSelection(RowSelection.LAST_LAYER, sequences, positions),
        new RowTarget.Tokens(tokens),
        1,
        divisor);
  }

  static List<float[]> gradients(TensorModel model) {
    return model.trainableParameterNames().stream()
        .map(name -> model.gradient(name).values())
        .toList();
  }

  static List<float[]> parameters(TensorModel model) {
    return model.parameterNames().stream().map(name -> model.parameter(name).values()).toList();
  }

  /** All positions of all sequences. */
  static RowSelection allRows(TokenBatch batch, int layer) {
    List<int[]> pairs = new ArrayList<>();
    for (int s = 0; s < batch.sequences().size(); s++) {
      for (int p = 0; p < batch.sequences().get(s).length; p++) {
        pairs.add(new int[] {s, p});
      }
    }
    return new RowSelection(
        layer,
        pairs.stream().mapToInt(pair -> pair[0]).toArray(),
        pairs.stream().mapToInt(pair -> pair[1]).toArray());
  }

  /** Probabilities of the whole vocabulary by token id, for each row. */
  static double[][] probabilities(
      TokenPredictor model, TokenBatch batch, RowSelection rows, double temperature) {
    int size = model.vocabularySize();
    Distributions whole = model.topK(batch, rows, size, temperature);
    double[][] found = new double[rows.count()][size];
    for (int i = 0; i < whole.ids().length; i++) {
      found[i / size][whole.ids()[i]] = Math.exp(whole.logProbabilities()[i]);
    }
    return found;
  }

  /** Moves every trained parameter by a multiple of a list of as many values. */
  static void move(TensorModel model, double factor, List<float[]> direction) {
    List<String> names = model.trainableParameterNames();
    for (int i = 0; i < names.size(); i++) {
      move(model, names.get(i), factor, direction.get(i));
    }
  }

  static void move(TensorModel model, String name, double factor, float[] direction) {
    NamedTensor tensor = model.parameter(name);
    for (int j = 0; j < tensor.values().length; j++) {
      tensor.values()[j] += (float) (factor * direction[j]);
    }
    model.setParameter(tensor);
  }

  static double squares(List<float[]> values) {
    double sum = 0;
    for (float[] some : values) {
      for (float value : some) {
        sum += (double) value * value;
      }
    }
    return sum;
  }

  /** Two lists of tensors agree but for rounding: relative to the norm of each tensor. */
  static void assertClose(List<float[]> found, List<float[]> expected, double tolerance) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      double difference = 0;
      for (int j = 0; j < found.get(i).length; j++) {
        difference += Math.pow((double) found.get(i)[j] - expected.get(i)[j], 2);
      }
      double size = Math.sqrt(squares(List.of(expected.get(i))));
      assertThat(Math.sqrt(difference))
          .as("tensor %d", i)
          .isLessThanOrEqualTo(tolerance * size + 1e-6);
    }
  }

  static void assertSame(List<float[]> one, List<float[]> other) {
    assertThat(one).hasSameSizeAs(other);
    for (int i = 0; i < one.size(); i++) {
      assertThat(one.get(i)).isEqualTo(other.get(i));
    }
  }

  static double train(TensorModel model, int from, int to) {
    double loss = 0;
    for (int i = from; i < to; i++) {
      TokenBatch batch = batch(model, i, 5, 9);
      loss = model.accumulate(batch, List.of(answers(model, batch, 4))).total();
      model.step(AdamW.withLearningRate(0.01));
    }
    return loss;
  }
}
