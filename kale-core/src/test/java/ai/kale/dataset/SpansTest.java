package ai.kale.dataset;

import static ai.kale.dataset.FormatFiles.read;
import static ai.kale.dataset.FormatFiles.refused;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.data.Question;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Entities marked in plain question files. */
class SpansTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private static String line(String spans) {
    return "{\"question\": \"Is \uD83C\uDFB5 Zo\u00eb here?\", \"spans\": " + spans + "}";
  }

  @Test
  void spansCountCodePointsAndBecomeTopics() {
    List<Question> questions =
        read(
            QuestionFormats.plain(),
            folder,
            "q.jsonl",
            line("[[5, 8], [3, 4]]")
                + "\n"
                + line(
                    "[{\"start\": 5, \"end\": 8, \"entity\": \"Q1\"}, {\"start\": 9, \"end\": 13}]")
                + "\n"
                + line("[]"));

    assertThat(questions.get(0).topics()).containsExactly("Zo\u00eb", "\uD83C\uDFB5");
    assertThat(questions.get(0).extra())
        .containsEntry("spans", List.of(List.of(5L, 8L), List.of(3L, 4L)));
    assertThat(questions.get(1).topics()).containsExactly("Q1", "here");
    assertThat(questions.get(2).topics()).isEmpty();
  }

  @Test
  void topicsThatAreGivenComeFirstAndNothingTwice() {
    String line = line("[[5, 8], [9, 13], [5, 8]]").replace("}", ", \"topics\": [\"here\"]}");

    assertThat(read(QuestionFormats.plain(), folder, "q.jsonl", line).get(0).topics())
        .containsExactly("here", "Zo\u00eb");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "7; spans must be a list",
        "[[5, 8], [1]]; spans[1] must be [start, end]",
        "[{\"start\": 1}]; spans[0] must be [start, end]",
        "[[5, 15]]; spans[0] goes from 5 to 15, but the question has the code points 0 to 14",
        "[[-1, 3]]; spans[0] goes from -1 to 3",
        "[[1.5, 3]]; spans[0] goes from 1.5 to 3",
        "[[\"a\", 3]]; spans[0] goes from \"a\" to 3",
        "[[3, 3]]; spans[0] is empty",
        "[[1, 2], [8, 5]]; spans[1] is empty: from 8 to 5",
        "[{\"start\": 1, \"end\": 2, \"entity\": 7}]; spans[0].entity must be an entity's id"
      })
  void aWrongSpanIsAnErrorThatNamesIt(String spans, String message) {
    refused(QuestionFormats.plain(), folder, "\n" + line(spans), 2, message);
  }
}
