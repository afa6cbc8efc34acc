package ai.kale.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.data.GroundedQuestion;
import ai.kale.data.KnowledgePath;
import ai.kale.data.Question;
import java.util.List;
import org.junit.jupiter.api.Test;

class PathRankingTest {
  private static final Question QUESTION =
      Question.of(
          "q", "What is the capital of the country of the Birthplace of X?", List.of("Paris"));

  private final KnowledgePath chance = Samples.path("place of death");
  private final KnowledgePath partly = Samples.path("birthplace", "continent");
  private final KnowledgePath meant = Samples.path("birthplace", "country", "capital");
  private final KnowledgePath twice = Samples.path("country", "country");

  @Test
  void thePathWhoseRelationsAreMentionedComesFirst() {
    GroundedQuestion ranked =
        PathRanking.best(Samples.grounded(QUESTION, chance, partly, twice, meant), 4);

    assertThat(ranked.paths()).containsExactly(meant, twice, partly, chance);
  }

  @Test
  void equalOnesKeepTheExtractorsOrder() {
    KnowledgePath other = Samples.path("employer");

    assertThat(PathRanking.best(Samples.grounded(QUESTION, chance, other), 2).paths())
        .containsExactly(chance, other);
    assertThat(PathRanking.best(Samples.grounded(QUESTION, other, chance), 2).paths())
        .containsExactly(other, chance);
  }

  @Test
  void keepsAtMostTheNumberAskedForAndSaysSo() {
    GroundedQuestion before = Samples.grounded(QUESTION, chance, meant);

    GroundedQuestion ranked = PathRanking.best(before, 1);

    assertThat(ranked.paths()).containsExactly(meant);
    assertThat(ranked.question()).isEqualTo(before.question());
    assertThat(ranked.provenance().facts()).containsKey("ranking");
    assertThat(PathRanking.best(Samples.grounded(QUESTION), 1).paths()).isEmpty();
  }

  @Test
  void theAnswerTheBestPathEndsInComesFirst() {
    String end = meant.target().label();
    Question several = QUESTION.withAnswers(List.of("Lyon", end, "Nice"));

    assertThat(PathRanking.best(Samples.grounded(several, meant), 1).question().answers())
        .containsExactly(end, "Lyon", "Nice");
    assertThat(PathRanking.best(Samples.grounded(QUESTION, meant), 1).question().answers())
        .isEqualTo(QUESTION.answers());
  }
}
