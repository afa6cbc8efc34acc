package ai.kale.rationale;

import ai.kale.data.EntityRef;
import ai.kale.data.GroundedQuestion;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The rationale names an answer: the words of one of the answers, or of the label of an entity
 * linked to an answer, stand in it one after the other (case, punctuation and white space aside).
 * An answer without any letter or digit must stand in it as it is.
 */
public record ReachesAnswerCheck() implements RationaleCheck {
  @Override
  public String name() {
    return "reaches-answer";
  }

  @Override
  public Optional<String> problem(GroundedQuestion question, String rationale) {
    String text = Words.normal(rationale);
    boolean reached =
        Stream.concat(
                question.question().answers().stream(),
                question.answerEntities().stream().map(EntityRef::label))
            .filter(answer -> !answer.isBlank())
            .anyMatch(
                answer ->
                    Words.normal(answer).isBlank()
                        ? rationale.contains(answer.strip())
                        : Words.contains(text, answer));
    return reached
        ? Optional.empty()
        : Optional.of("misses-answer: the text must name the given answer word for word");
  }
}
