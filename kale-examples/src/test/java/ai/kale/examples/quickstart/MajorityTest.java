package ai.kale.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.eval.EvaluationResult;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MajorityTest {
  @Test
  void guessesTheCommonestAnswerOfTheKind() {
    Task task =
        Samples.task(
            "test",
            List.of(
                Samples.rationalized(Samples.question("a", "country", "France"), ""),
                Samples.rationalized(Samples.question("b", "country", "Spain", "France"), ""),
                Samples.rationalized(Samples.question("c", "colour", "red"), ""),
                Samples.rationalized(Samples.question("d", "colour", "blue"), "")),
            List.of(
                Samples.question("q1", "country", "France"),
                Samples.question("q2", "country", "Spain"),
                Samples.question("q3", "colour", "red"),
                Samples.question("q4", "colour", "green", "blue"),
                Samples.question("q5", "shape", "round")),
            List.of());

    EvaluationResult result = Majority.examine(task);

    assertThat(result.correct())
        .as("ties go to the first answer by name")
        .isEqualTo(Map.of("q1", true, "q2", false, "q3", false, "q4", true, "q5", false));
    assertThat(result.metric(EvaluationResult.ACCURACY)).isEqualTo(0.4);
  }
}
