package ai.kale.kg.link;

import ai.kale.data.EntityRef;
import ai.kale.data.Question;
import java.util.List;

/**
 * What a linker made of one question whose annotation was hidden.
 *
 * @param question the question as the linker saw it
 * @param correct annotated entities that it found
 * @param missed annotated entities that it did not find
 * @param invented entities that it found and nobody annotated
 * @param notInGraph annotated texts that name no entity of the graph, which no linker can find
 * @param ambiguous mentions in the question with more than one candidate
 * @param reasons why something was missed or not linked, one text each
 */
public record LinkedQuestion(
    Question question,
    List<EntityRef> correct,
    List<EntityRef> missed,
    List<EntityRef> invented,
    int notInGraph,
    int ambiguous,
    List<String> reasons) {
  /** Copies the lists. */
  public LinkedQuestion {
    correct = List.copyOf(correct);
    missed = List.copyOf(missed);
    invented = List.copyOf(invented);
    reasons = List.copyOf(reasons);
  }

  /** Whether exactly the annotated entities were found, all of which the graph has. */
  public boolean exact() {
    return missed.isEmpty() && invented.isEmpty() && notInGraph == 0;
  }
}
