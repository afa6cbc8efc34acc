package ai.kale.examples.bench.train;

import ai.kale.spi.Providers;
import ai.kale.spi.tensor.AdamW;
import ai.kale.spi.tensor.Distributions;
import ai.kale.spi.tensor.Divergence;
import ai.kale.spi.tensor.EngineOptions;
import ai.kale.spi.tensor.LossTerm;
import ai.kale.spi.tensor.RowSelection;
import ai.kale.spi.tensor.RowTarget;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.spi.tensor.TokenBatch;
import ai.kale.train.checkpoint.DecoderConfig;
import ai.kale.train.checkpoint.DecoderInitializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Steps of a KALE model on one batch: gradient of the loss, clipping, AdamW on all parameters. */
final class StepRunner implements AutoCloseable {
  /** Tokens kept of the teacher's distributions. */
  static final int TOP = 64;

  private static final AdamW ADAM_W = AdamW.withLearningRate(1e-5);

  private final TensorModel model;
  private final TokenBatch batch;
  private final TokenBatch reading;
  private final RowSelection rows;
  private final RowSelection readingRows;
  private final List<LossTerm> tokens;
  private final List<LossTerm> cached;

  StepRunner(StepShape shape, TensorModel model, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    this.model = model;
    this.batch = sequences(random, shape, shape.time());
    this.reading = sequences(random, shape, shape.reading());
    this.rows = answers(shape, shape.time());
    this.readingRows = answers(shape, shape.reading());
    int vocabulary = shape.config().vocabularySize();
    int[] targets = random.ints(rows.count(), 0, vocabulary).toArray();
    this.tokens = List.of(LossTerm.mean("answer", rows, new RowTarget.Tokens(targets)));
    this.cached = divergence(teacher());
  }

  /** A new model in a folder that is deleted again. */
  static TensorModel open(DecoderConfig config, EngineOptions options) {
    try {
      Path folder = Files.createTempDirectory("kale-bench-model");
      try {
        DecoderInitializer.create(folder, config, 42);
        return Providers.tensorEngine().open(folder, options);
      } finally {
        try (var files = Files.list(folder)) {
          for (Path file : files.toList()) {
            Files.delete(file);
          }
        }
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TokenBatch sequences(SplittableRandom random, StepShape shape, int time) {
    List<int[]> sequences = new ArrayList<>();
    for (int i = 0; i < shape.batch(); i++) {
      sequences.add(random.ints(time, 0, shape.config().vocabularySize()).toArray());
    }
    return new TokenBatch(sequences);
  }

  private static RowSelection answers(StepShape shape, int time) {
    int[] sequences = new int[shape.answerRows()];
    int[] positions = new int[sequences.length];
    for (int i = 0; i < sequences.length; i++) {
      sequences[i] = i / shape.answer();
      positions[i] = time - 1 - shape.answer() + i % shape.answer();
    }
    return new RowSelection(RowSelection.LAST_LAYER, sequences, positions);
  }

  /** Cross-entropy on the answer's tokens. */
  void sft() {
    model.accumulate(batch, tokens);
    model.step(ADAM_W);
  }

  /** KL(p ‖ q) with q from memory. */
  void cached() {
    model.accumulate(batch, cached);
    model.step(ADAM_W);
  }

  /** KL(p ‖ q) with q read from the model itself first. */
  void live() {
    model.accumulate(batch, divergence(teacher()));
    model.step(ADAM_W);
  }

  private Distributions teacher() {
    return model.topK(reading, readingRows, TOP, 1);
  }

  private List<LossTerm> divergence(Distributions q) {
    return List.of(
        LossTerm.mean("divergence", rows, new RowTarget.Match(Divergence.REVERSE_KL, 1, q)));
  }

  @Override
  public void close() {
    model.close();
  }
}
