package ai.kale.rationale;

import ai.kale.data.EntityRef;
import ai.kale.data.GroundedQuestion;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The rationale names the answer that is trained on, which is the first: its words stand in it one
 * after the other (case, punctuation and white space aside). In scripts without spaces between
 * words (ideographs, kana, Thai, Lao, Khmer, Myanmar) its letters do, also inside a longer word.
 * Where it is the only answer, the label of an entity linked to it will do; with several, nobody
 * knows whose entity it is. An answer without any letter or digit must stand in it as it is. Only
 * the text is looked at, so it holds for questions with a fallback's paths as for others.
 */
public record ReachesAnswerCheck() implements RationaleCheck {
  @Override
  public String name() {
    return "reaches-answer";
  }

  @Override
  public Optional<String> problem(GroundedQuestion question, String rationale) {
    String text = Words.normal(rationale);
    List<String> answers = question.question().answers();
    Stream<String> linked = question.answerEntities().stream().map(EntityRef::label);
    boolean reached =
        Stream.concat(answers.stream().limit(1), answers.size() == 1 ? linked : Stream.of())
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
