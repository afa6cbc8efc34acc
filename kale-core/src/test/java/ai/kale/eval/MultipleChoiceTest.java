package ai.kale.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.data.Question;
import ai.kale.error.InvalidInputException;
import ai.kale.eval.MultipleChoice.LengthUnit;
import ai.kale.run.RunContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import org.junit.jupiter.api.Test;

class MultipleChoiceTest {
  private static Question question(String id, String answer, String... choices) {
    return new Question(id, id + "?", List.of(answer), List.of(choices), List.of(), id, Map.of());
  }

  private static MultipleChoice over(ToDoubleBiFunction<String, String> score) {
    return new MultipleChoice(
        FakeModel.scoring(score), Question::text, EvaluationSettings.defaults());
  }

  private static MultipleChoice.Choice choose(MultipleChoice model, Question question) {
    return model.choose(List.of(question), RunContext.silent()).get(0);
  }

  @Test
  void normalisingTakesAwayTheAdvantageOfShortOptions() {
    // Sums -4 and -6; per byte -4/2 and -6/6.
    MultipleChoice model = over((prompt, option) -> option.equals(" no") ? -4 : -6);
    MultipleChoice.Choice choice = choose(model, question("q", "indeed", "no", "indeed"));
    assertThat(choice).isEqualTo(new MultipleChoice.Choice("q", 0, 1, false, true));
  }

  @Test
  void bytesAndCodePointsDifferBeyondAscii() {
    // Per byte: -6/4 against -4/2; per code point: -6/2 against -4/2.
    Question question = question("q", "éé", "éé", "ee");
    ToDoubleBiFunction<String, String> score = (p, option) -> option.equals(" éé") ? -6 : -4;
    FakeModel model = FakeModel.scoring(score);
    assertThat(choose(over(score), question).byNormalized()).isZero();
    MultipleChoice points =
        new MultipleChoice(
            model, Question::text, EvaluationSettings.defaults(), LengthUnit.CODE_POINTS);
    assertThat(choose(points, question).byNormalized()).isEqualTo(1);
    assertThat(LengthUnit.UTF8_BYTES.length("\uD83D\uDE00")).isEqualTo(4);
    assertThat(LengthUnit.CODE_POINTS.length("\uD83D\uDE00")).isEqualTo(1);
  }

  @Test
  void tiesGoToTheFirstOption() {
    MultipleChoice model = over((prompt, option) -> -1);
    assertThat(choose(model, question("q", "aa", "bb", "aa", "cc")))
        .isEqualTo(new MultipleChoice.Choice("q", 0, 0, false, false));
    MultipleChoice impossible = over((prompt, option) -> Double.NEGATIVE_INFINITY);
    assertThat(choose(impossible, question("q", "aa", "aa", "bb")).byLikelihood()).isZero();
  }

  @Test
  void scoresTheOptionAfterTheDelimiter() {
    List<String> seen = new ArrayList<>();
    MultipleChoice model =
        over(
            (prompt, option) -> {
              seen.add(prompt + option);
              return -1;
            });
    choose(model, question("q", "a", "a", "b"));
    assertThat(seen).containsExactly("q? a", "q? b");
  }

  @Test
  void countsBothMetrics() {
    MultipleChoice model = over((prompt, option) -> option.equals(" no") ? -4 : -6);
    EvaluationResult result =
        model.evaluate(
            "base",
            7,
            List.of(question("q1", "indeed", "no", "indeed"), question("q2", "no", "no", "yes")),
            RunContext.silent());
    assertThat(result.metric(MultipleChoice.ACC)).isEqualTo(0.5);
    assertThat(result.metric(EvaluationResult.ACCURACY)).isEqualTo(0.5);
    assertThat(result.metric(MultipleChoice.ACC_NORM)).isEqualTo(1.0);
    assertThat(result.correct()).containsEntry("q1", false).containsEntry("q2", true);
  }

  @Test
  void refusesWhatCannotBeScored() {
    MultipleChoice model = over((prompt, option) -> -1);
    assertThatThrownBy(() -> model.choose(List.of(), RunContext.silent()))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> choose(model, question("q", "a")))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> choose(model, question("q", "a", "a", "")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("empty");
    assertThatThrownBy(() -> choose(model, question("q", "A", "yes", "no")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("not letters");
    assertThatThrownBy(() -> choose(over((p, o) -> Double.NaN), question("q", "a", "a", "b")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("NaN");
  }
}
