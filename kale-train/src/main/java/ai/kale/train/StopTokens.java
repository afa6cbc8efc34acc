package ai.kale.train;

import ai.kale.train.text.Tokenizer;
import java.util.stream.IntStream;

/** At which tokens a model stops to write. */
final class StopTokens {
  private StopTokens() {}

  /**
   * The token that the layout ends a text with, and all that the checkpoint names.
   *
   * @param end the layout's, or the end-of-sequence token
   * @param tokenizer knows the checkpoint's
   * @param vocabularySize those beyond are never written and left out
   * @return ids, each once, {@code end} first
   */
  static int[] of(int end, Tokenizer tokenizer, int vocabularySize) {
    IntStream named =
        tokenizer.stopIds().stream().mapToInt(Integer::intValue).filter(id -> id < vocabularySize);
    return IntStream.concat(IntStream.of(end), named).distinct().toArray();
  }
}
