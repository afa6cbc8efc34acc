package ai.kale.train.data;

import ai.kale.train.io.Sha256;
import java.util.List;

/** The identity of a list of examples: what a cache or a checkpoint was made from. */
public final class DataHash {
  private DataHash() {}

  /**
   * SHA-256 over ids, tokens and bridges, in order. O(tokens).
   *
   * @param examples any number
   * @return 64 lower-case hexadecimal digits
   */
  public static String of(List<TrainingExample> examples) {
    Sha256 hash = new Sha256().add(examples.size());
    for (TrainingExample e : examples) {
      hash.add(e.questionId()).add(e.prompt()).add(e.readingPrompt());
      hash.add(e.answer()).add(e.rationaleThenAnswer()).add(e.bridges().size());
      for (Bridge bridge : e.bridges()) {
        hash.add(bridge.hop()).add(bridge.supervised() ? 1 : 0).add(bridge.tokens().size());
        bridge.tokens().forEach(hash::add);
      }
    }
    return hash.hex();
  }
}
