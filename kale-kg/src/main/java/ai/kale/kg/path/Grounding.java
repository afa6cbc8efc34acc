package ai.kale.kg.path;

import ai.kale.data.GroundedQuestion;
import java.util.List;

/**
 * A grounded question set.
 *
 * @param questions one for each question, in the order given, also where no path was found
 * @param summary counts
 */
public record Grounding(List<GroundedQuestion> questions, GroundingSummary summary) {
  /** Copies the list. */
  public Grounding {
    questions = List.copyOf(questions);
  }
}
