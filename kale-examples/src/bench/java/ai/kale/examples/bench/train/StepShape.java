package ai.kale.examples.bench.train;

import ai.kale.train.checkpoint.DecoderConfig;
import java.util.List;
import java.util.Locale;

/**
 * A model and the batch that it is trained on: random tokens, all sequences of one length, the last
 * tokens of each are the answer.
 *
 * @param name of the model
 * @param config its shape; the head is tied to the embedding
 * @param batch sequences
 * @param time tokens of a sequence
 * @param answer tokens of the answer
 * @param reading tokens of a sequence that the teacher reads
 */
record StepShape(String name, DecoderConfig config, int batch, int time, int answer, int reading) {
  private static final int POSITIONS = 1024;

  /** The shapes of the benchmark. */
  static List<StepShape> all() {
    return List.of(
        new StepShape(
            "small", DecoderConfig.small(4096, 256, 1024, 4, 4, POSITIONS), 32, 64, 8, 96),
        new StepShape(
            "base", DecoderConfig.small(32_000, 768, 2048, 12, 12, POSITIONS), 4, 256, 32, 384));
  }

  int tokens() {
    return batch * time;
  }

  int answerRows() {
    return batch * answer;
  }

  String describe() {
    return String.format(
        Locale.ROOT,
        "%s: %d layers, width %d, feed-forward %d, %d heads, vocabulary %,d, tied head; batch"
            + " %d × %d, of these %d answer tokens each; the teacher reads %d × %d.",
        name,
        config.layers(),
        config.hiddenSize(),
        config.intermediateSize(),
        config.heads(),
        config.vocabularySize(),
        batch,
        time,
        answer,
        batch,
        reading);
  }
}
