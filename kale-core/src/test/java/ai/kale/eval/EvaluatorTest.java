package ai.kale.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.kale.data.Question;
import ai.kale.error.InvalidInputException;
import ai.kale.error.OperationCancelledException;
import ai.kale.run.CancellationToken;
import ai.kale.run.Progress;
import ai.kale.run.RunContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvaluatorTest {
  private static final List<Question> QUESTIONS =
      IntStream.range(0, 5)
          .mapToObj(i -> Question.of("q" + i, "text " + i, List.of("red house", "x")))
          .toList();

  private static Evaluator evaluator(AnswerModel model) {
    return new Evaluator(
        model, q -> "Q: " + q.text(), EvaluationSettings.defaults().withBatchSize(2));
  }

  @Test
  void asksInBatchesAndReportsProgress() {
    FakeModel model =
        FakeModel.answering(Map.of("Q: text 0", "The red house", "Q: text 3", "red car"));
    List<Progress> seen = new ArrayList<>();
    EvaluationResult result =
        evaluator(model)
            .evaluate("base", 3, QUESTIONS, new RunContext(seen::add, new CancellationToken()));
    assertThat(model.batches).containsExactly(2, 2, 1);
    assertThat(seen).extracting(Progress::done).containsExactly(2L, 4L, 5L);
    assertThat(seen).allMatch(p -> p.total() == 5 && p.stage().equals("evaluate"));
    assertThat(result.correct()).hasSize(5).containsEntry("q0", true).containsEntry("q3", false);
    assertThat(result.metric(EvaluationResult.ACCURACY)).isEqualTo(0.2);
    assertThat(result.metric(EvaluationResult.F1)).isCloseTo(0.3, within(1e-12));
    assertThat(result.method()).isEqualTo("base");
    assertThat(result.seed()).isEqualTo(3);
  }

  @Test
  void stopsBetweenBatches() {
    CancellationToken token = new CancellationToken();
    FakeModel model = FakeModel.answering(Map.of());
    RunContext context = new RunContext(p -> token.cancel(), token);
    assertThatThrownBy(() -> evaluator(model).evaluate("m", 1, QUESTIONS, context))
        .isInstanceOf(OperationCancelledException.class);
    assertThat(model.batches).containsExactly(2);
  }

  @Test
  void refusesBadQuestions() {
    Evaluator evaluator = evaluator(FakeModel.answering(Map.of()));
    RunContext silent = RunContext.silent();
    assertThatThrownBy(() -> evaluator.evaluate("m", 1, List.of(), silent))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("no question");
    List<Question> twice = List.of(QUESTIONS.get(0), QUESTIONS.get(0));
    assertThatThrownBy(() -> evaluator.evaluate("m", 1, twice, silent))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("q0 comes twice");
    List<Question> unanswered = List.of(Question.of("q", "text", List.of()));
    assertThatThrownBy(() -> evaluator.evaluate("m", 1, unanswered, silent))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("no answer");
  }

  @Test
  void refusesAModelThatDropsAnswers() {
    AnswerModel broken =
        new AnswerModel() {
          @Override
          public List<String> answer(List<String> prompts) {
            return List.of();
          }

          @Override
          public List<Score> score(List<String> prompts, List<String> continuations) {
            return List.of();
          }
        };
    assertThatThrownBy(() -> evaluator(broken).evaluate("m", 1, QUESTIONS, RunContext.silent()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("0 results for 2 prompts");
  }
}
