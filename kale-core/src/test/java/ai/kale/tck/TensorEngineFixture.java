package ai.kale.tck;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.spi.tensor.AdamW;
import ai.kale.spi.tensor.EngineOptions;
import ai.kale.spi.tensor.LossTerm;
import ai.kale.spi.tensor.RowSelection;
import ai.kale.spi.tensor.RowTarget;
import ai.kale.spi.tensor.TensorEngine;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.spi.tensor.TokenBatch;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;

/**
 * Models and batches for the contracts of the tensor SPI: {@link TensorTrainingContract}, {@link
 * TensorStateContract}, {@link TensorReadingContract} and {@link TensorRefusalContract}. A subclass
 * of each gives the engine and a small checkpoint.
 */
public abstract class TensorEngineFixture {
  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path folder;

  /** The engine under test. */
  protected abstract TensorEngine engine();

  /**
   * Writes a small checkpoint: at least 20 token ids, at least 2 layers, at least 48 positions; all
   * weights in {@code model.safetensors}, none of them zero throughout.
   *
   * @param folder created if missing
   * @param seed of its weights
   */
  protected abstract void writeCheckpoint(Path folder, long seed);

  final TensorModel open(long seed) {
    Path checkpoint = folder.resolve("seed-" + seed);
    writeCheckpoint(checkpoint, seed);
    return engine().open(checkpoint, EngineOptions.cpu());
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
    return model.parameterNames().stream().map(name -> model.gradient(name).values()).toList();
  }

  static List<float[]> parameters(TensorModel model) {
    return model.parameterNames().stream().map(name -> model.parameter(name).values()).toList();
  }

  static void assertSame(List<float[]> one, List<float[]> other) {
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
