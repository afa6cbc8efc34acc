package ai.kale.examples.bench.train;

import ai.kale.spi.tensor.AdamW;
import ai.kale.spi.tensor.EngineOptions;
import ai.kale.spi.tensor.LossTerm;
import ai.kale.spi.tensor.RowSelection;
import ai.kale.spi.tensor.RowTarget;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.spi.tensor.TokenBatch;
import ai.kale.train.checkpoint.DecoderConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Memory of training in a JVM of its own with a small, fixed heap. */
public final class MemoryMain {
  private static final AdamW ADAM_W = AdamW.withLearningRate(1e-5);

  private MemoryMain() {}

  /**
   * Measures and writes numbers, one a line.
   *
   * @param args {@code steps}, file and step count: memory after a tenth, half and all of the
   *     steps; or {@code peak}, file, whether blocks are computed again, a comma and the rows of
   *     logits at a time: what the second step needs above the memory before it, bytes, and the
   *     lesser of its and the third step's CPU milliseconds
   * @throws IOException if the file cannot be written
   */
  public static void main(String[] args) throws IOException {
    List<String> numbers =
        args[0].equals("steps") ? steps(Integer.parseInt(args[2])) : peak(args[2].split(",", -1));
    Files.write(Path.of(args[1]), numbers);
  }

  private static List<String> steps(int count) {
    DecoderConfig config = StepShape.all().get(0).config();
    List<String> numbers = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(7);
    try (TensorModel model = StepRunner.open(config, EngineOptions.cpu())) {
      for (int step = 1; step <= count; step++) {
        List<int[]> sequences = new ArrayList<>();
        int batch = random.nextInt(1, 9);
        for (int i = 0; i < batch; i++) {
          sequences.add(random.ints(random.nextInt(2, 97), 0, config.vocabularySize()).toArray());
        }
        step(model, new TokenBatch(sequences), random);
        if (step == count / 10 || step == count / 2 || step == count) {
          numbers.add(Long.toString(ResidentMemory.now()));
        }
      }
    }
    return numbers;
  }

  /** The tokens of the second half of each sequence are the answer. */
  private static void step(TensorModel model, TokenBatch batch, SplittableRandom random) {
    List<int[]> rows = new ArrayList<>();
    for (int s = 0; s < batch.sequences().size(); s++) {
      int length = batch.sequences().get(s).length;
      for (int p = length / 2; p < length; p++) {
        rows.add(new int[] {s, p});
      }
    }
    RowSelection selection =
        new RowSelection(
            RowSelection.LAST_LAYER,
            rows.stream().mapToInt(row -> row[0]).toArray(),
            rows.stream().mapToInt(row -> row[1]).toArray());
    int[] targets = random.ints(rows.size(), 0, model.vocabularySize()).toArray();
    model.accumulate(
        batch, List.of(LossTerm.mean("answer", selection, new RowTarget.Tokens(targets))));
    model.step(ADAM_W);
  }

  private static List<String> peak(String[] limits) {
    StepShape shape = peakShape();
    EngineOptions options =
        EngineOptions.cpu()
            .withActivationCheckpointing(Boolean.parseBoolean(limits[0]))
            .withLogitRows(Integer.parseInt(limits[1]));
    try (StepRunner runner = new StepRunner(shape, StepRunner.open(shape.config(), options), 42)) {
      runner.sft();
      long before = ResidentMemory.now();
      ResidentMemory.resetPeak();
      Sample second = Sample.of(1, runner::sft);
      long peak = ResidentMemory.peak() - before;
      Sample third = Sample.of(1, runner::sft);
      return List.of(Long.toString(peak), Double.toString(Math.min(second.cpu(), third.cpu())));
    }
  }

  /** The larger model with longer sequences, where activations outweigh the weights. */
  static StepShape peakShape() {
    StepShape base = StepShape.all().get(1);
    return new StepShape(base.name(), base.config(), 4, 512, base.answer(), 512);
  }
}
