package ai.kale.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.data.Question;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class QuestionStatisticsTest {
  @Provide
  Arbitrary<List<Question>> sets() {
    return Sets.sets();
  }

  @Test
  void countsWhatIsThere() {
    List<Question> questions =
        List.of(
            Question.of("1", "Zo\u00eb \uD83C\uDFB5", List.of("a")).withGroup("g"),
            Question.of("2", "zo\u00eb  \uD83C\uDFB5", List.of("bb", "c", "d")).withGroup("g"),
            Question.of("3", "Which?", List.of("x")).withChoices(List.of("x", "y")),
            Question.of("4", "What?", List.of())
                .withPassage("Text.")
                .withInstruction("i")
                .withTopics(List.of("t")));

    assertThat(QuestionStatistics.of(questions).describe())
        .isEqualTo(
            """
            4 questions: 1 multiple-choice, 1 with one answer, 1 with several, 1 unanswered
            1 with an instruction, 1 with a passage, 1 with topics, 1 duplicates
            answers a question: 1 to 3, median 1, mean 1.67; code points: 1 to 2, median 1, mean 1.20
            options: 2 to 2, median 2, mean 2.00
            code points of a question: 5 to 6, median 5, mean 5.50; of a passage: 5 to 5, median 5, mean 5.00
            3 groups, questions a group: 1 to 2, median 1, mean 1.33
            """);
  }

  @Test
  void anEmptySetHasNone() {
    assertThat(QuestionStatistics.of(List.of()).describe()).contains("0 groups", "options: none");
  }

  @Property(tries = 100, seed = "20261122")
  void agreesWithWhatItCounts(@ForAll("sets") List<Question> questions) {
    QuestionStatistics found = QuestionStatistics.of(questions);

    assertThat(found.questions()).isEqualTo(questions.size());
    assertThat(found.groups().count()).isEqualTo(Sets.groups(questions).size());
    assertThat(Math.round(found.groups().mean() * found.groups().count()))
        .isEqualTo(questions.size());
    assertThat(found.duplicates())
        .isEqualTo(
            QuestionDeduplication.of(QuestionDeduplication.Policy.MERGE)
                .apply(questions)
                .duplicates());
    assertThat(found.unanswered() + found.answers().count()).isEqualTo(questions.size());
    long unansweredOpen =
        questions.stream().filter(q -> q.answers().isEmpty() && q.choices().isEmpty()).count();
    assertThat(found.multipleChoice() + found.singleAnswer() + found.multiAnswer())
        .isEqualTo(questions.size() - unansweredOpen);
  }
}
