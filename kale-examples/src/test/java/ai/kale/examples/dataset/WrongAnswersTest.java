package ai.kale.examples.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.kale.KnowledgeGraph;
import ai.kale.data.Question;
import ai.kale.examples.testing.SmallWorld;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class WrongAnswersTest {
  private static final String SEED = "20261122";
  private static final List<Question> QUESTIONS = questions();

  private static List<Question> questions() {
    try (KnowledgeGraph graph = SmallWorld.graph()) {
      return SmallWorld.questions(graph);
    }
  }

  private static String lastRelation(Question question) {
    List<RelationPaths.Hop> path = RelationPaths.of(question).orElseThrow();
    return path.get(path.size() - 1).toString();
  }

  @Property(tries = 60, seed = SEED)
  void spoilsWholeGroupsWithAWrongAnswerOfTheSameKind(
      @ForAll @IntRange(min = 0, max = 100) int percent, @ForAll @IntRange(max = 1000) int seed) {
    Map<String, Set<String>> kinds = new HashMap<>();
    QUESTIONS.forEach(
        q -> kinds.computeIfAbsent(lastRelation(q), key -> new TreeSet<>()).addAll(q.answers()));

    List<Question> noisy = WrongAnswers.inject(QUESTIONS, percent / 100.0, seed);

    assertThat(noisy).hasSameSizeAs(QUESTIONS);
    Map<String, List<String>> byGroup = new HashMap<>();
    for (int i = 0; i < noisy.size(); i++) {
      Question before = QUESTIONS.get(i);
      Question after = noisy.get(i);
      assertThat(after.withAnswers(before.answers())).isEqualTo(before);
      assertThat(byGroup.computeIfAbsent(after.group(), key -> after.answers()))
          .isEqualTo(after.answers());
      if (!after.answers().equals(before.answers())) {
        assertThat(after.answers()).hasSize(1).doesNotContainAnyElementsOf(before.answers());
        assertThat(kinds.get(lastRelation(before))).containsAll(after.answers());
      }
    }
    assertThat(WrongAnswers.inject(QUESTIONS, percent / 100.0, seed)).isEqualTo(noisy);
  }

  @Test
  void spoilsTheShareThatWasAskedFor() {
    for (double share : List.of(0.05, 0.3, 0.8)) {
      int spoiled = 0;
      for (int seed = 0; seed < 20; seed++) {
        List<Question> noisy = WrongAnswers.inject(QUESTIONS, share, seed);
        for (int i = 0; i < noisy.size(); i += 2) {
          spoiled += noisy.get(i).equals(QUESTIONS.get(i)) ? 0 : 1;
        }
      }
      double draws = 20 * QUESTIONS.size() / 2.0;
      assertThat(spoiled / draws)
          .isCloseTo(share, within(4 * Math.sqrt(share * (1 - share) / draws)));
    }
  }

  @Test
  void nothingAndEverything() {
    assertThat(WrongAnswers.inject(QUESTIONS, 0, 1)).isEqualTo(QUESTIONS);
    List<Question> all = WrongAnswers.inject(QUESTIONS, 1, 1);
    for (int i = 0; i < all.size(); i++) {
      assertThat(all.get(i).answers()).doesNotContainAnyElementsOf(QUESTIONS.get(i).answers());
    }
  }

  @Test
  void whereThereIsNoOtherAnswerTheRightOneStays() {
    List<Question> same = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      same.add(Question.of("q" + i, "Which?", List.of("this")));
    }

    assertThat(WrongAnswers.inject(same, 1, 1)).isEqualTo(same);
  }

  @Test
  void questionsWithoutAPathAreOneKind() {
    List<Question> plain =
        List.of(Question.of("a", "Which?", List.of("x")), Question.of("b", "Who?", List.of("y")));

    assertThat(WrongAnswers.inject(plain, 1, 1))
        .extracting(Question::answer)
        .containsExactly("y", "x");
  }
}
