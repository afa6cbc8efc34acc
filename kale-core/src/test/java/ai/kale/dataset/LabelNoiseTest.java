package ai.kale.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.kale.data.Question;
import ai.kale.jsonl.JsonlFormat;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LabelNoiseTest {
  private static final String SEED = "20261122";

  @Provide
  Arbitrary<List<Question>> sets() {
    return Sets.sets();
  }

  private static String kind(Question question) {
    return question.text().substring(0, 6);
  }

  @Property(tries = 200, seed = SEED)
  void wrongAnswersAreWrongMarkedAndOfTheKind(
      @ForAll("sets") List<Question> questions,
      @ForAll @IntRange(min = 0, max = 100) int percent,
      @ForAll int seed) {
    LabelNoise.Result result =
        LabelNoise.of(percent / 100.0, seed).withKind(LabelNoiseTest::kind).inject(questions);

    Map<String, Set<String>> ofKind = new HashMap<>();
    questions.stream()
        .filter(q -> q.choices().isEmpty())
        .forEach(q -> ofKind.computeIfAbsent(kind(q), k -> new HashSet<>()).addAll(q.answers()));
    Map<List<Object>, List<String>> alike = new HashMap<>();
    Set<String> changedGroups = new HashSet<>();
    int changed = 0;
    for (int i = 0; i < questions.size(); i++) {
      Question before = questions.get(i);
      Question after = result.questions().get(i);
      if (after.equals(before)) {
        continue;
      }
      changed++;
      changedGroups.add(before.group());
      assertThat(after.withAnswers(before.answers()).withExtra(before.extra())).isEqualTo(before);
      assertThat(after.answers()).hasSize(1).doesNotContainAnyElementsOf(before.answers());
      assertThat(after.extra().get(LabelNoise.FIELD))
          .isEqualTo(Map.of("was", before.answers(), "seed", (long) seed));
      if (before.choices().isEmpty()) {
        assertThat(ofKind.get(kind(before))).containsAll(after.answers());
      } else {
        assertThat(before.choices()).containsAll(after.answers());
      }
      Object what = before.choices().isEmpty() ? kind(before) : new HashSet<>(before.choices());
      assertThat(alike.computeIfAbsent(List.of(before.group(), what), key -> after.answers()))
          .isEqualTo(after.answers());
    }
    int groups = Sets.groups(questions).size();
    assertThat(result.changedQuestions()).isEqualTo(changed);
    assertThat(result.changedGroups()).isEqualTo(changedGroups.size());
    assertThat(result.changedGroups())
        .isEqualTo(
            (int)
                Math.min(
                    groups - result.unchangeableGroups(), Math.round(percent / 100.0 * groups)));
  }

  @Property(tries = 100, seed = SEED)
  void theOrderOfQuestionsDoesNotMatter(
      @ForAll("sets") List<Question> questions, @ForAll int seed) {
    LabelNoise noise = LabelNoise.of(0.5, seed).withKind(LabelNoiseTest::kind);
    List<Question> shuffled = new ArrayList<>(questions);
    Collections.shuffle(shuffled, new Random(seed));

    assertThat(Sets.set(noise.inject(shuffled).questions()))
        .isEqualTo(Sets.set(noise.inject(questions).questions()));
  }

  @Test
  void anotherSpellingOfARightAnswerIsNotWrong() {
    List<Question> questions =
        List.of(
            Question.of("1", "Who?", List.of("The Beatles")),
            Question.of("2", "Who else?", List.of("beatles")),
            Question.of("3", "Where?", List.of()),
            Question.of("4", "Which?", List.of("x")).withChoices(List.of("x")));
    LabelNoise.Result result = LabelNoise.of(1, 7).inject(questions);

    assertThat(result.questions()).isEqualTo(questions);
    assertThat(result.describe())
        .isEqualTo(
            "0 of 4 questions given a wrong answer, in 0 of 4 groups; 4 groups have none to give");
  }

  @Test
  void optionsThatDifferInSignsOnlyAreDifferent() {
    List<Question> questions =
        List.of(
            Question.of("1", "1 - 3?", List.of("-2")).withChoices(List.of("2", "-2")),
            Question.of("2", "Which?", List.of("C++")).withChoices(List.of("C++", "C#")),
            Question.of("3", "Who?", List.of("beatles"))
                .withChoices(List.of("The Beatles", "Abba")));

    assertThat(LabelNoise.of(1, 7).inject(questions).questions())
        .extracting(Question::answer)
        .containsExactly("2", "C#", "Abba");
  }

  @Test
  void questionsOfOnePassageWithTheSameOptionsAreEachMadeWrong() {
    List<Question> questions = new ArrayList<>();
    for (String right : List.of("yes", "no", "yes")) {
      questions.add(
          Question.of("q" + questions.size(), "Is it?", List.of(right))
              .withChoices(List.of("yes", "no"))
              .withGroup("passage"));
    }

    assertThat(LabelNoise.of(1, 3).inject(questions).questions())
        .extracting(Question::answer)
        .containsExactly("no", "yes", "no");
  }

  @Test
  void everyWrongAnswerIsDrawnSometimes() {
    List<Question> questions = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      questions.add(Question.of("q" + i, "Who?", List.of("a" + i)));
    }
    Set<String> drawn = new HashSet<>();
    for (int seed = 0; seed < 60; seed++) {
      drawn.add(LabelNoise.of(1, seed).inject(questions).questions().get(1).answer());
    }

    assertThat(drawn).containsExactlyInAnyOrder("a0", "a2", "a3");
  }

  @Test
  void theMarkSurvivesAFile() {
    List<Question> questions =
        List.of(
            Question.of("1", "Who?", List.of("a")).withChoices(List.of("a", "b")),
            Question.of("2", "Who else?", List.of("c")));
    Question spoiled = LabelNoise.of(0.5, 1).inject(questions).questions().get(0);
    JsonlFormat<Question> format = JsonlFormat.questions();

    assertThat(spoiled.answers()).containsExactly("b");
    assertThat(format.fromLine(format.toLine(spoiled), "memory", 1)).isEqualTo(spoiled);
    assertThatIllegalArgumentException().isThrownBy(() -> LabelNoise.of(1.1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> LabelNoise.of(Double.NaN, 1));
  }
}
