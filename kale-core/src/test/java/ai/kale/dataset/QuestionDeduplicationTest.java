package ai.kale.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.kale.data.Question;
import ai.kale.dataset.QuestionDeduplication.Policy;
import ai.kale.error.InvalidInputException;
import ai.kale.eval.AnswerNormalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class QuestionDeduplicationTest {
  private static final Question WHO = Question.of("1", "Who wrote  Caf\u00e9?", List.of("Ann"));

  @Provide
  Arbitrary<List<Question>> sets() {
    return Sets.sets();
  }

  @Property(tries = 200, seed = "20261122")
  void eachQuestionIsLeftOnceAndNothingElseIsLost(@ForAll("sets") List<Question> questions) {
    for (Policy policy : List.of(Policy.MERGE, Policy.KEEP_FIRST)) {
      QuestionDeduplication deduplication = QuestionDeduplication.of(policy);
      QuestionDeduplication.Result result = deduplication.apply(questions);

      Set<String> ids = new HashSet<>(result.questions().stream().map(Question::id).toList());
      assertThat(result.questions().size() + result.duplicates()).isEqualTo(questions.size());
      assertThat(ids).hasSameSizeAs(result.questions());
      assertThat(result.questions().stream().map(Question::id).toList())
          .isEqualTo(questions.stream().map(Question::id).filter(ids::contains).toList());
      Set<Object> different = new HashSet<>();
      questions.forEach(
          q -> different.add(List.of(q.text(), q.choices().stream().sorted().toList())));
      assertThat(result.questions()).hasSameSizeAs(different);

      QuestionDeduplication.Result again = deduplication.apply(result.questions());
      assertThat(again.questions()).isEqualTo(result.questions());
      assertThat(again.duplicates() + again.conflicts().size()).isZero();
    }
  }

  @Test
  void sameMeansTextPassageInstructionAndOptions() {
    List<Question> questions =
        List.of(
            WHO,
            Question.of("2", "who wrote CAFE\u0301? ", List.of("ann")),
            Question.of("3", WHO.text(), List.of("Ann")).withPassage("p"),
            Question.of("4", WHO.text(), List.of("Ann")).withInstruction("i"),
            Question.of("5", WHO.text(), List.of("Ann")).withChoices(List.of("Ann", "Bob")),
            Question.of("6", WHO.text(), List.of("Ann")).withChoices(List.of("Bob", "Ann")),
            Question.of("7", "Who wrote Caf\u00e9", List.of("Ann")));

    QuestionDeduplication.Result result = QuestionDeduplication.of(Policy.FAIL).apply(questions);

    assertThat(result.questions())
        .extracting(Question::id)
        .containsExactly("1", "3", "4", "5", "7");
    assertThat(result.describe())
        .isEqualTo(
            "5 questions kept, 2 duplicates left out (2 of another group),"
                + " 0 with conflicting answers");
    assertThat(
            QuestionDeduplication.of(Policy.FAIL)
                .withNormalizer(AnswerNormalizer.squad()::normalize)
                .apply(List.of(WHO, questions.get(6)))
                .questions())
        .containsExactly(WHO);
  }

  @Test
  void differentAnswersAreAConflict() {
    Question same = Question.of("2", WHO.text(), List.of("Bob", "ANN")).withGroup("1");
    Question unknown = Question.of("3", WHO.text(), List.of()).withGroup("1");
    List<Question> questions = List.of(unknown, WHO, same);

    QuestionDeduplication.Result merged = QuestionDeduplication.of(Policy.MERGE).apply(questions);
    assertThat(merged.questions()).containsExactly(unknown.withAnswers(List.of("Ann", "Bob")));
    assertThat(merged.conflicts())
        .containsExactly(
            new QuestionDeduplication.Conflict(
                "3", List.of("1", "2"), List.of(List.of("Ann"), List.of("Bob", "ANN"))));
    assertThat(merged.acrossGroups()).isZero();

    QuestionDeduplication.Result first =
        QuestionDeduplication.of(Policy.KEEP_FIRST).apply(questions);
    assertThat(first.questions()).containsExactly(unknown.withAnswers(List.of("Ann")));
    assertThat(first.conflicts()).isEqualTo(merged.conflicts());

    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> QuestionDeduplication.of(Policy.FAIL).apply(questions))
        .withMessageContaining("question 3 is the same as 1, 2")
        .withMessageContaining("[[Ann], [Bob, ANN]]");
  }
}
