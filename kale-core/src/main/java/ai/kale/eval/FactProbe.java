package ai.kale.eval;

import ai.kale.data.TripleRef;
import java.util.List;

/**
 * A question about a single fact, to find out whether a model knows it.
 *
 * @param prompt what the model is given
 * @param answers acceptable answers, at least one: the triple's own object first, then every other
 *     object the graph has for the same subject and relation
 * @param triple the fact
 */
public record FactProbe(String prompt, List<String> answers, TripleRef triple) {
  /**
   * Copies the answers.
   *
   * @throws IllegalArgumentException if there is none
   */
  public FactProbe {
    answers = List.copyOf(answers);
    if (answers.isEmpty()) {
      throw new IllegalArgumentException("a probe needs an answer: " + prompt);
    }
  }
}
