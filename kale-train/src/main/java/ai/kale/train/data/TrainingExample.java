package ai.kale.train.data;

import java.util.List;

/**
 * A question as token ids. Arrays are not copied; do not change them.
 *
 * @param questionId where it came from, for messages
 * @param prompt the prompt at inference; at least one token
 * @param readingPrompt the prompt with the rationale in it; empty where there is no rationale
 * @param answer the completion: the answer's tokens and the end-of-sequence token; not empty
 * @param rationaleThenAnswer the completion that writes the rationale first, end-of-sequence token
 *     included; empty where there is no rationale
 * @param bridges the intermediate entities of the path, in order; empty for one hop or no path
 */
public record TrainingExample(
    String questionId,
    int[] prompt,
    int[] readingPrompt,
    int[] answer,
    int[] rationaleThenAnswer,
    List<Bridge> bridges) {
  private static final int[] NONE = {};

  /** Copies the list and checks that prompt and answer are there. */
  public TrainingExample {
    bridges = List.copyOf(bridges);
    if (prompt.length == 0 || answer.length == 0) {
      throw new IllegalArgumentException("question " + questionId + " has no prompt or no answer");
    }
  }

  /**
   * An example without a rationale or a path.
   *
   * @param questionId where it came from
   * @param prompt at least one token
   * @param answer at least one token, the end-of-sequence token included
   * @return a new example
   */
  public static TrainingExample of(String questionId, int[] prompt, int[] answer) {
    return new TrainingExample(questionId, prompt, NONE, answer, NONE, List.of());
  }

  /** Whether it has a rationale. */
  public boolean hasRationale() {
    return readingPrompt.length > 0;
  }

  /** The last token of the prompt: its row predicts the first token of the completion. */
  public int lastPromptPosition() {
    return prompt.length - 1;
  }
}
