package ai.kale.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.InvalidInputException;
import ai.kale.train.text.Tokenizer;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LanguageModelAnswersTest {
  /** Words are decimal numbers, and a number is its own id. */
  private static final Tokenizer NUMBERS =
      new Tokenizer() {
        @Override
        public int[] encode(String text) {
          return Arrays.stream(text.split(" "))
              .filter(w -> !w.isEmpty())
              .mapToInt(Integer::parseInt)
              .toArray();
        }

        @Override
        public String decode(int[] ids) {
          return Arrays.stream(ids).mapToObj(Integer::toString).collect(Collectors.joining(" "));
        }

        @Override
        public OptionalInt idOf(String token) {
          return OptionalInt.of(Integer.parseInt(token));
        }

        @Override
        public List<String> unknownWords(String text) {
          return List.of();
        }

        @Override
        public List<String> specialTokens() {
          return List.of();
        }

        @Override
        public int eosId() {
          return 1;
        }

        @Override
        public int padId() {
          return 0;
        }

        @Override
        public int vocabularySize() {
          return 100;
        }

        @Override
        public String fingerprint() {
          return "numbers";
        }
      };

  @Test
  void answersKeepTheOrderOfThePrompts() {
    LanguageModelAnswers answers = new LanguageModelAnswers(new FakeModel(), NUMBERS, 4);
    assertThat(answers.answer(List.of("7 8 9", "5", "6 6"))).containsExactly("7", "5", "6");
    assertThat(answers.answer(List.of())).isEmpty();
  }

  @Test
  void theAnswerIsWhatFollowsTheLastMarker() {
    FakeModel model =
        new FakeModel() {
          @Override
          public List<int[]> generate(List<int[]> prompts, int maxNewTokens, int... stopTokens) {
            return List.of(new int[] {3, 40, 41, 8, 40, 41, 9, 2}, new int[] {40, 3});
          }
        };
    LanguageModelAnswers answers = new LanguageModelAnswers(model, NUMBERS, 8, "40 41");
    assertThat(answers.answer(List.of("7", "8"))).containsExactly("9 2", "40 3");
  }

  @Test
  void promptsThatDoNotFitAreNamed() {
    LanguageModelAnswers answers = new LanguageModelAnswers(new FakeModel(), NUMBERS, 4);
    assertThatThrownBy(() -> answers.answer(List.of("5", " ")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("prompt 1 is empty");
    assertThatThrownBy(() -> answers.answer(List.of("5 ".repeat(61))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("prompt 0 needs 65 tokens");
    assertThatThrownBy(() -> answers.score(List.of("5"), List.of("5 ".repeat(65))))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> answers.score(List.of("5"), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void scoresCountTokens() {
    LanguageModelAnswers answers = new LanguageModelAnswers(new FakeModel(), NUMBERS, 4);
    assertThat(answers.score(List.of("5", "6", "7"), List.of("1 2", "", "3")))
        .extracting(s -> s.tokens())
        .containsExactly(2, 0, 1);
  }
}
