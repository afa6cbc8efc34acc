package ai.kale.examples.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.kale.data.Question;
import ai.kale.error.InvalidInputException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class QuestionSplitTest {
  private static final String SEED = "20261122";

  private static List<Question> questions(int groups) {
    List<Question> questions = new ArrayList<>();
    for (int form = 0; form < 3; form++) {
      for (int g = 0; g < groups; g++) {
        if (form <= g % 3) {
          questions.add(
              Question.of(g + "-" + form, "Text " + form + " of " + g, List.of("a" + g))
                  .withGroup("group " + g));
        }
      }
    }
    return questions;
  }

  private static Set<String> groups(List<Question> questions) {
    return new HashSet<>(questions.stream().map(Question::group).toList());
  }

  @Property(tries = 100, seed = SEED)
  void noGroupStraddlesAndHeldOutGroupsAreAskedOnce(
      @ForAll @IntRange(min = 4, max = 60) int groups,
      @ForAll @IntRange(min = 1, max = 60) int train,
      @ForAll @IntRange(min = 1, max = 30) int validation,
      @ForAll @IntRange(min = 1, max = 30) int test,
      @ForAll @IntRange(min = 0, max = 1000) int seed) {
    List<Question> all = questions(groups);

    QuestionSplit split = QuestionSplit.byGroup(all, train, validation, test, seed);

    Set<String> trained = groups(split.train());
    Set<String> validated = groups(split.validation());
    Set<String> tested = groups(split.test());
    assertThat(trained).doesNotContainAnyElementsOf(validated).doesNotContainAnyElementsOf(tested);
    assertThat(validated).doesNotContainAnyElementsOf(tested);
    assertThat(split.test()).hasSize(Math.min(test, groups / 4)).hasSameSizeAs(tested);
    assertThat(split.validation())
        .hasSize(Math.min(validation, groups / 4))
        .hasSameSizeAs(validated);
    assertThat(trained).hasSize(Math.min(train, groups - tested.size() - validated.size()));
    assertThat(split.train())
        .containsExactlyInAnyOrderElementsOf(
            all.stream().filter(q -> trained.contains(q.group())).toList());
    assertThat(all).containsAll(split.test()).containsAll(split.validation());
    assertThat(QuestionSplit.byGroup(all, train, validation, test, seed)).isEqualTo(split);
  }

  @Test
  void anotherSeedSplitsOtherwise() {
    List<Question> all = questions(40);

    assertThat(QuestionSplit.byGroup(all, 10, 10, 10, 1))
        .isNotEqualTo(QuestionSplit.byGroup(all, 10, 10, 10, 2));
  }

  @Test
  void fewerThanFourGroupsAreAnError() {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> QuestionSplit.byGroup(questions(3), 1, 1, 1, 1))
        .withMessageContaining("only 3 groups")
        .withMessageContaining("at least 4");
    assertThat(QuestionSplit.byGroup(questions(4), 9, 9, 9, 1).test()).hasSize(1);
  }

  @Property(tries = 50, seed = SEED)
  void aSampleHoldsWholeGroups(
      @ForAll @IntRange(min = 1, max = 30) int groups,
      @ForAll @IntRange(min = 1, max = 40) int wanted,
      @ForAll @IntRange(min = 0, max = 1000) int seed) {
    List<Question> all = questions(groups);

    List<Question> sample = QuestionSplit.sampleGroups(all, wanted, seed);

    Set<String> drawn = groups(sample);
    assertThat(drawn).hasSize(Math.min(wanted, groups));
    assertThat(sample)
        .containsExactlyInAnyOrderElementsOf(
            all.stream().filter(q -> drawn.contains(q.group())).toList());
    assertThat(QuestionSplit.sampleGroups(all, wanted, seed)).isEqualTo(sample);
  }
}
