package ai.kale.train.djl;

import ai.kale.spi.tensor.EngineOptions;
import ai.kale.spi.tensor.LossTerm;
import ai.kale.spi.tensor.RowSelection;
import ai.kale.spi.tensor.RowTarget;
import ai.kale.spi.tensor.TensorEngine;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.spi.tensor.TokenBatch;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;

/**
 * Models and batches for the contracts of the tensor SPI. A subclass gives the engine and a small
 * checkpoint: at least 20 token ids, at least 2 layers, at least 48 positions.
 */
public abstract class TensorEngineFixture {
  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path folder;

  /** The engine under test. */
  protected abstract TensorEngine engine();

  /**
   * Writes a small checkpoint.
   *
   * @param folder where to
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
}
