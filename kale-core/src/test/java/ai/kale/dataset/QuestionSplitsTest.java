package ai.kale.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.kale.data.Question;
import ai.kale.error.InvalidInputException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class QuestionSplitsTest {
  private static final String SEED = "20261122";

  @Provide
  Arbitrary<List<Question>> sets() {
    return Sets.sets();
  }

  private static List<Question> numbered(int groups, int phrasings) {
    List<Question> questions = new ArrayList<>();
    for (int i = 0; i < groups * phrasings; i++) {
      questions.add(Question.of("q" + i, "text " + i, List.of("a")).withGroup("g" + i % groups));
    }
    return questions;
  }

  @Property(tries = 200, seed = SEED)
  void noGroupStraddlesAndNothingIsLost(
      @ForAll("sets") List<Question> questions, @ForAll int seed) {
    int groups = Sets.groups(questions).size();
    Assume.that(groups >= 4);

    QuestionSplits.Result split =
        QuestionSplits.seeded(seed)
            .size("test", 1)
            .share("dev", 0.3)
            .rest("train")
            .split(questions);

    Set<String> seen = new HashSet<>();
    List<Question> all = new ArrayList<>();
    split
        .parts()
        .forEach(
            (name, part) -> {
              Set<String> own = Sets.groups(part);
              assertThat(own).hasSize(split.groups().getOrDefault(name, -1)).isNotEmpty();
              assertThat(seen).doesNotContainAnyElementsOf(own);
              seen.addAll(own);
              assertThat(part).isEqualTo(questions.stream().filter(part::contains).toList());
              all.addAll(part);
            });
    assertThat(all).containsExactlyInAnyOrderElementsOf(questions);
    assertThat(split.leftOut()).isEmpty();
    assertThat(split.groups())
        .containsEntry("test", 1)
        .containsEntry("dev", (int) Math.round(0.3 * groups));
  }

  @Property(tries = 100, seed = SEED)
  void theOrderOfQuestionsDoesNotMatter(
      @ForAll("sets") List<Question> questions, @ForAll int seed) {
    Assume.that(Sets.groups(questions).size() >= 2);
    QuestionSplits splits = QuestionSplits.seeded(seed).size("a", 1).rest("b");
    List<Question> shuffled = new ArrayList<>(questions);
    Collections.shuffle(shuffled, new Random(seed));

    assertThat(Sets.set(splits.split(shuffled).part("a")))
        .isEqualTo(Sets.set(splits.split(questions).part("a")));
    assertThat(splits.split(questions)).isEqualTo(splits.split(questions));
  }

  @Property(tries = 100, seed = SEED)
  void sharesThatSumToOneTakeEveryGroup(@ForAll @IntRange(min = 10, max = 200) int groups) {
    QuestionSplits.Result split =
        QuestionSplits.seeded(3)
            .share("a", 1.0 / 3)
            .share("b", 1.0 / 3)
            .share("c", 1.0 / 3)
            .split(numbered(groups, 2));

    assertThat(split.leftOutGroups()).isZero();
    split.groups().values().forEach(size -> assertThat(size).isBetween(groups / 3, groups / 3 + 1));
  }

  @Test
  void whatNoPartTakesIsReported() {
    QuestionSplits.Result split =
        QuestionSplits.seeded(1).share("train", 0.5).size("test", 2).split(numbered(10, 3));

    assertThat(split.leftOutGroups()).isEqualTo(3);
    assertThat(split.leftOut()).hasSize(9);
    assertThat(split.describe())
        .isEqualTo(
            "train 5 groups, 15 questions; test 2 groups, 6 questions;"
                + " left out 3 groups, 9 questions");
  }

  @Test
  void anotherSeedSplitsOtherwise() {
    List<Question> questions = numbered(40, 1);

    assertThat(QuestionSplits.seeded(1).share("a", 0.5).split(questions))
        .isNotEqualTo(QuestionSplits.seeded(2).share("a", 0.5).split(questions));
  }

  @Test
  void tooFewGroupsAreAnErrorWithTheNumbers() {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(
            () -> QuestionSplits.seeded(1).size("test", 5).rest("train").split(numbered(5, 4)))
        .withMessageContaining("5 groups")
        .withMessageContaining("{test=5, train=0}");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> QuestionSplits.seeded(1).share("dev", 0.1).split(numbered(3, 1)));
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> QuestionSplits.seeded(1).size("test", 4).split(numbered(3, 1)));
  }

  @Test
  void partsThatCannotBeAreRefused() {
    QuestionSplits splits = QuestionSplits.seeded(1).share("a", 0.6).rest("r");
    assertThatIllegalArgumentException().isThrownBy(() -> splits.share("b", 0.5));
    assertThatIllegalArgumentException().isThrownBy(() -> splits.share("b", 0));
    assertThatIllegalArgumentException().isThrownBy(() -> splits.share("b", Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> splits.size("b", 0));
    assertThatIllegalArgumentException().isThrownBy(() -> splits.size("a", 1));
    assertThatIllegalArgumentException().isThrownBy(() -> splits.rest("s"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> splits.split(numbered(9, 1)).part("c"))
        .withMessageContaining("[a, r]");
  }

  @Property(tries = 100, seed = SEED)
  void aSampleHoldsWholeGroupsAndALargerOneHoldsIt(
      @ForAll("sets") List<Question> questions,
      @ForAll @IntRange(min = 0, max = 50) int wanted,
      @ForAll int seed) {
    List<Question> sample = QuestionSamples.groups(questions, wanted, seed);
    Set<String> drawn = Sets.groups(sample);

    assertThat(drawn).hasSize(Math.min(wanted, Sets.groups(questions).size()));
    assertThat(sample)
        .isEqualTo(questions.stream().filter(q -> drawn.contains(q.group())).toList());
    assertThat(QuestionSamples.groups(questions, wanted + 1, seed)).containsAll(sample);
    List<Question> backwards = new ArrayList<>(questions);
    Collections.reverse(backwards);
    assertThat(Sets.set(QuestionSamples.groups(backwards, wanted, seed)))
        .isEqualTo(Sets.set(sample));
  }

  @Property(tries = 100, seed = SEED)
  void onePerGroupIsOneQuestionOfEachGroup(
      @ForAll("sets") List<Question> questions, @ForAll int seed) {
    List<Question> one = QuestionSamples.onePerGroup(questions, seed);

    assertThat(one).hasSameSizeAs(Sets.groups(questions));
    assertThat(Sets.groups(one)).isEqualTo(Sets.groups(questions));
    assertThat(questions).containsAll(one);
  }

  @Test
  void onePerGroupDrawsAllPhrasingsAlikeOften() {
    List<Question> questions = numbered(600, 3);
    long first =
        QuestionSamples.onePerGroup(questions, 5).stream()
            .filter(q -> Integer.parseInt(q.id().substring(1)) < 600)
            .count();

    assertThat(first).isBetween(150L, 250L);
  }

  @Test
  void splitsSamplesAndNoiseOfOneSeedDrawIndependently() {
    List<Question> questions = numbered(200, 1);
    Set<String> split =
        Sets.groups(QuestionSplits.seeded(1).size("a", 100).rest("b").split(questions).part("a"));
    Set<String> sample = Sets.groups(QuestionSamples.groups(questions, 100, 1));

    // As many as two draws of 100 from 200 have in common by chance, give or take five sigma.
    assertThat(sample.stream().filter(split::contains).count()).isBetween(32L, 68L);
    assertThat(GroupRanks.shuffled(questions, 1, "noise").keySet().stream().limit(100))
        .filteredOn(split::contains)
        .hasSizeBetween(32, 68);
    assertThat(GroupRanks.draw(1, "a", List.of("b")))
        .isNotEqualTo(GroupRanks.draw(1, "c", List.of("b")));
  }

  @Test
  void aShareIsOfTheGroups() {
    assertThat(Sets.groups(QuestionSamples.share(numbered(20, 3), 0.25, 1))).hasSize(5);
    assertThat(QuestionSamples.share(numbered(20, 3), 0, 1)).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> QuestionSamples.share(numbered(2, 1), 1.5, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> QuestionSamples.groups(numbered(2, 1), -1, 1));
  }
}
