package ai.kale.ground;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.GroundedSet;
import ai.kale.data.GroundedQuestion;
import ai.kale.data.PathFallback;
import ai.kale.tck.Samples;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The only path of the sample leads to "Polish zloty". */
class ReachedAnswerTest {
  private static GroundedQuestion withAnswers(String... answers) {
    GroundedQuestion sample = Samples.curie();
    return new GroundedQuestion(
        sample.question().withAnswers(List.of(answers)),
        sample.questionEntities(),
        sample.answerEntities(),
        sample.unlinked(),
        sample.paths(),
        sample.report(),
        sample.provenance(),
        sample.extra());
  }

  @Test
  void anAnswerThatAPathLeadsToComesFirstAndProvenanceSaysSo() {
    String reached = Samples.curie().paths().get(0).target().label();
    GroundedQuestion changed =
        ReachedAnswer.first(withAnswers("euro", reached.toUpperCase(Locale.ROOT), "yen"));
    assertThat(changed.question().answers())
        .containsExactly(reached.toUpperCase(Locale.ROOT), "euro", "yen");
    assertThat(changed.provenance().facts()).containsEntry("answer", "reached-first");
    assertThat(changed.paths()).isEqualTo(Samples.curie().paths());
  }

  @Test
  void nothingChangesWhereTheFirstIsReachedOrNoneIs() {
    String reached = Samples.curie().paths().get(0).target().label();
    for (GroundedQuestion same :
        List.of(withAnswers(reached, "euro"), withAnswers("euro", "yen"), withAnswers("euro"))) {
      assertThat(ReachedAnswer.first(same)).isSameAs(same);
    }
  }

  @Test
  void theEndOfAFallbackIsNoAnswer() {
    String reached = Samples.curie().paths().get(0).target().label();
    GroundedQuestion question = withAnswers("euro", reached);
    GroundedQuestion fallback =
        new GroundedQuestion(
            question.question(),
            question.questionEntities(),
            question.answerEntities(),
            question.unlinked(),
            question.paths(),
            question.report().withFallback(PathFallback.TOWARD_ANSWER),
            question.provenance(),
            question.extra());
    assertThat(ReachedAnswer.first(fallback)).isSameAs(fallback);
  }

  @Test
  void aSetChangesEachOfItsQuestions() {
    String reached = Samples.curie().paths().get(0).target().label();
    GroundedSet set =
        GroundedSet.of(List.of(withAnswers("euro", reached), withAnswers(reached, "euro")));
    assertThat(set.reachedAnswersFirst().questions())
        .extracting(question -> question.question().answer())
        .containsExactly(reached, reached);
  }
}
