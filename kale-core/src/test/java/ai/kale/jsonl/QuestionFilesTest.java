package ai.kale.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.data.Question;
import ai.kale.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuestionFilesTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  @Test
  void readsPlainAndOwnLinesInOneFile() throws IOException {
    List<Question> questions =
        read(
            """
            {"question": "Who?", "answers": ["Ada", 7], "year": 1843}

            {"question": "What?", "answer": "This", "id": 9, "choices": ["This", "That"], "topics": ["Q1"]}
            {"kale": "question/1", "id": "own", "text": "Own?", "answers": []}
            {"question": "Unknown?"}
            """);
    assertThat(questions).extracting(Question::id).containsExactly("q-1", "9", "own", "q-5");
    assertThat(questions.get(0).answers()).containsExactly("Ada", "7");
    assertThat(questions.get(0).extra()).containsEntry("year", 1843L);
    assertThat(questions.get(1).choices()).containsExactly("This", "That");
    assertThat(questions.get(1).topics()).containsExactly("Q1");
    assertThat(questions.get(1).group()).isEqualTo("9");
    assertThat(questions.get(3).answers()).isEmpty();
  }

  @Test
  void saysWhatIsWrongAndWhere() {
    refused("{\"text\": \"Who?\"}", "q.jsonl:1: question is missing; add it");
    refused("{\"question\": \" \"}", "question is blank");
    refused("{\"question\": \"a\", \"answer\": \"b\", \"answers\": []}", "keep one");
    refused("{\"question\": \"a\", \"text\": \"b\"}", "q.jsonl:1: text is given beside question");
    refused("{\"question\": \"a\", \"answers\": \"b\"}", "answers must be a list but is \"b\"");
    refused("{\"question\": \"a\", \"answer\": null}", "answer must be a string but is null");
    refused(
        "{\"question\": \"a\", \"id\": 1}\n{\"question\": \"b\", \"id\": \"1\"}",
        "q.jsonl:2: id '1' is that of line 1 too");
    refused("{\"question\": \"a\", \"answer\": \" \"}", "q.jsonl:1: answer is blank");
    refused("{\"question\": \"a\", \"answers\": [\"b\", \"\"]}", "q.jsonl:1: answers[1] is blank");
    refused("\n", "there is no question in the file");
    refused("{\"kale\": \"grounded-question/1\"}", "\"question/1\" is read here");
  }

  @Test
  void questionsWithoutIdsOfTwoFilesAreDifferent() throws IOException {
    Path other = Files.writeString(folder.resolve("b.c.jsonl.gz.txt"), "{\"question\": \"Who?\"}");
    Question first = read("{\"question\": \"Who?\"}").get(0);
    Question second = QuestionFiles.read(other).get(0);
    assertThat(first.id()).isEqualTo("q-1").isEqualTo(first.group());
    assertThat(second.id()).isEqualTo("b.c.jsonl.gz-1").isEqualTo(second.group());
    assertThat(QuestionFiles.name(Path.of("a/q.jsonl.gz"))).isEqualTo("q");
    assertThat(QuestionFiles.name(Path.of(".hidden"))).isEqualTo(".hidden");
  }

  private void refused(String content, String message) {
    assertThatThrownBy(() -> read(content))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message);
  }

  private List<Question> read(String content) throws IOException {
    Path file = Files.writeString(folder.resolve("q.jsonl"), content);
    return QuestionFiles.read(file);
  }
}
