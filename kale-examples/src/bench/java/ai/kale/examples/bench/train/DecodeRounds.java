package ai.kale.examples.bench.train;

import ai.kale.examples.bench.report.MarkdownTable;
import ai.kale.spi.tensor.EngineOptions;
import ai.kale.spi.tensor.TensorModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/** Greedy decoding by the engine and by DJL's array operations, in turns. */
final class DecodeRounds {
  private static final int PROMPT = 32;

  private final MarkdownTable table =
      new MarkdownTable(
          "model",
          "prompts",
          "new tokens each",
          "KALE, tokens per CPU s",
          "NDArray, tokens per CPU s",
          "KALE is faster",
          "same tokens, %");

  /** Adds the rows of one model. */
  void run(StepShape shape, List<Integer> batches, int count, int rounds) {
    try (TensorModel model = StepRunner.open(shape.config(), EngineOptions.cpu());
        NdArrayDecoder arrays = new NdArrayDecoder(shape.config(), model)) {
      for (int batch : batches) {
        List<int[]> prompts = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(batch);
        for (int i = 0; i < batch; i++) {
          prompts.add(random.ints(PROMPT, 0, shape.config().vocabularySize()).toArray());
        }
        row(shape, model, arrays, prompts, count, rounds);
      }
    }
  }

  private void row(
      StepShape shape,
      TensorModel model,
      NdArrayDecoder arrays,
      List<int[]> prompts,
      int count,
      int rounds) {
    double same = same(model.generate(prompts, count), arrays.generate(prompts, count));
    List<Double> kale = new ArrayList<>();
    List<Double> other = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    double tokens = (double) prompts.size() * count;
    for (int round = 0; round < rounds; round++) {
      double mine = Sample.of(3, () -> model.generate(prompts, count)).cpu();
      double theirs = Sample.of(3, () -> arrays.generate(prompts, count)).cpu();
      kale.add(1000 * tokens / mine);
      other.add(1000 * tokens / theirs);
      ratios.add(theirs / mine);
    }
    table.row(
        List.of(
            shape.name(),
            Integer.toString(prompts.size()),
            Integer.toString(count),
            MarkdownTable.number(StepRounds.median(kale), 1, 0),
            MarkdownTable.number(StepRounds.median(other), 1, 0),
            MarkdownTable.ratio(StepRounds.median(ratios)),
            MarkdownTable.number(OptionalDouble.of(100 * same), 1, 1)));
  }

  /** The share of tokens that are the same. */
  private static double same(List<int[]> some, List<int[]> others) {
    long equal = 0;
    long all = 0;
    for (int i = 0; i < some.size(); i++) {
      int[] tokens = others.get(i);
      int first = Arrays.mismatch(some.get(i), tokens);
      equal += first < 0 ? tokens.length : first;
      all += tokens.length;
    }
    return (double) equal / all;
  }

  @Override
  public String toString() {
    return table.toString();
  }
}
