package ai.kale.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.kale.error.InvalidInputException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswersTest {
  private final AnswerNormalizer squad = AnswerNormalizer.squad();

  @ParameterizedTest
  @CsvSource({
    "'  The  Eiffel Tower. ', 'eiffel tower'",
    "'U.S.', 'us'",
    "'An apple, a day', 'apple day'",
    "'Theatre', 'theatre'",
    "'it''s', 'its'",
    "'Ana', 'ana'",
    "'São\u00a0Paulo', 'são paulo'",
    "'à la carte', 'à la carte'",
    "'«Paris»', '«paris»'",
    // A step that would leave nothing is skipped.
    "'A', 'a'",
    "'The The', 'the the'",
    "'The!', 'the'",
    "'C++', 'c'",
    "'+', '+'",
    "'', ''",
  })
  void normalizesAsSquadDoes(String text, String normal) {
    assertThat(squad.normalize(text)).isEqualTo(normal);
  }

  @Test
  void everyStepCanBeSwitchedOff() {
    String text = " The  Cat! ";
    assertThat(AnswerNormalizer.none().normalize(text)).isEqualTo(text);
    assertThat(new AnswerNormalizer(true, false, false, false).normalize(text))
        .isEqualTo(" the  cat! ");
    assertThat(new AnswerNormalizer(false, true, false, false).normalize(text))
        .isEqualTo(" The  Cat ");
    assertThat(new AnswerNormalizer(false, false, true, false).normalize("the cat"))
        .isEqualTo("  cat");
    assertThat(new AnswerNormalizer(false, false, false, true).normalize(text))
        .isEqualTo("The Cat!");
  }

  @Test
  void lowerCasesWithoutTheLocale() {
    assertThat(squad.normalize("TITLE")).isEqualTo("title");
  }

  @Test
  void matchesAnyGoldAnswer() {
    ExactMatch match = ExactMatch.squad();
    assertThat(match.matches("the Paris.", "paris")).isTrue();
    assertThat(match.matches("Lyon", List.of("Paris", "lyon"))).isTrue();
    assertThat(match.matches("Nice", List.of("Paris", "Lyon"))).isFalse();
    assertThat(match.matches("Nice", List.of())).isFalse();
    assertThat(match.matches("", "A")).isFalse();
    assertThat(new ExactMatch(AnswerNormalizer.none()).matches("paris", "Paris")).isFalse();
  }

  @Test
  void tokenF1CountsSharedWords() {
    TokenF1 f1 = TokenF1.squad();
    // P = 2/3, R = 2/2: F1 = 0.8.
    assertThat(f1.score("Barack Hussein Obama", "Obama Barack")).isCloseTo(0.8, within(1e-12));
    // A word counts as often as it occurs on both sides: s = 1, P = 1/3, R = 1/2.
    assertThat(f1.score("new new new", "new york")).isCloseTo(0.4, within(1e-12));
    assertThat(f1.score("Paris", "London")).isZero();
    assertThat(f1.score("", "")).isEqualTo(1);
    assertThat(f1.score("", "x")).isZero();
    assertThat(f1.score("x", "")).isZero();
    assertThat(f1.score("New York City", List.of("London", "New York", "york")))
        .isCloseTo(0.8, within(1e-12));
    assertThat(f1.score("x", List.of())).isZero();
  }

  @Test
  void accuracyIsAShare() {
    assertThat(Accuracy.of(List.of(true, false, true, true)).value()).isEqualTo(0.75);
    assertThat(
            Accuracy.of(
                List.of("Paris", "four"),
                List.of(List.of("paris"), List.of("5", "five")),
                ExactMatch.squad()))
        .isEqualTo(new Accuracy(1, 2));
    assertThatThrownBy(() -> Accuracy.of(List.of())).isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> Accuracy.of(List.of("a"), List.of(), ExactMatch.squad()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("1 answers for 0 questions");
    assertThatThrownBy(() -> new Accuracy(3, 2)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Accuracy(0, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Accuracy(-1, 2)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void settingsRefuseAnEmptyBatch() {
    assertThatThrownBy(() -> EvaluationSettings.defaults().withBatchSize(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("batchSize");
    assertThat(EvaluationSettings.defaults().withDelimiter("").delimiter()).isEmpty();
    assertThat(EvaluationSettings.defaults().withNormalizer(AnswerNormalizer.none()).normalizer())
        .isEqualTo(AnswerNormalizer.none());
  }
}
