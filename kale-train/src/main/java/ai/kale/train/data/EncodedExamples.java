package ai.kale.train.data;

import java.util.List;

/**
 * What encoding made of a list of questions.
 *
 * @param examples the usable ones, in order
 * @param skipped the others, each with the reason
 */
public record EncodedExamples(List<TrainingExample> examples, List<Skipped> skipped) {
  /**
   * A question that was left out.
   *
   * @param questionId which
   * @param reason what is wrong with it
   */
  public record Skipped(String questionId, String reason) {}

  /** Copies the lists. */
  public EncodedExamples {
    examples = List.copyOf(examples);
    skipped = List.copyOf(skipped);
  }
}
