package ai.kale.examples.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.kale.KnowledgeGraph;
import ai.kale.data.Question;
import ai.kale.error.InvalidInputException;
import ai.kale.error.SetupException;
import ai.kale.examples.testing.SmallWorld;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuestionFilesTest {
  private final KnowledgeGraph graph = SmallWorld.graph();

  @Test
  void tellsTheFormsApart(@TempDir Path folder) {
    Path meta = SmallWorld.write(folder.resolve("m.txt"), List.of("who is [Ann Lee]\ta spy"));
    Path path =
        SmallWorld.write(
            folder.resolve("p.txt"), List.of("who is ann ?\tbob(bob/)\tann#spouse#bob#<end>#bob"));
    Path json =
        SmallWorld.write(
            folder.resolve("j.jsonl"),
            List.of(
                "",
                "{\"question\":\"Who?\",\"answers\":[\"Bob\"],\"topics\":[\"ann\"],"
                    + "\"group\":\"g\",\"relationPath\":[\"spouse\"]}"));

    assertThat(QuestionFiles.read(meta, graph))
        .extracting(Question::answer)
        .containsExactly("a spy");
    assertThat(QuestionFiles.read(path, graph)).extracting(Question::answer).containsExactly("bob");
    Question question = QuestionFiles.read(json, graph).get(0);
    assertThat(question.group()).isEqualTo("g");
    assertThat(RelationPaths.signature(question)).isEqualTo("spouse");
  }

  @Test
  void readsBackWhatChainQuestionsMade(@TempDir Path folder) {
    Path file = SmallWorld.writeQuestions(folder.resolve("q.jsonl"));

    assertThat(QuestionFiles.read(file, graph)).isEqualTo(SmallWorld.questions(graph));
  }

  @Test
  void aMalformedJsonLineIsAnErrorWithFileAndLine(@TempDir Path folder) {
    Path file =
        SmallWorld.write(
            folder.resolve("q.jsonl"), List.of("{\"question\":\"Who?\"}", "{\"question\":"));

    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> QuestionFiles.read(file, graph))
        .withMessageStartingWith(file + ":2: ");
  }

  @Test
  void anEmptyFileIsAnError(@TempDir Path folder) throws IOException {
    for (String content : List.of("", "\n \n")) {
      Path file = Files.writeString(folder.resolve("q.txt"), content);

      assertThatExceptionOfType(InvalidInputException.class)
          .isThrownBy(() -> QuestionFiles.read(file, graph))
          .withMessage(file + ": is empty");
    }
  }

  @Test
  void aMissingFileOrAFolderIsAnErrorWithItsPath(@TempDir Path folder) {
    for (Path file : List.of(folder.resolve("none.txt"), folder)) {
      assertThatExceptionOfType(SetupException.class)
          .isThrownBy(() -> QuestionFiles.read(file, graph))
          .withMessageContaining("no such file: " + file);
    }
  }

  @Test
  void anotherEncodingIsAnError(@TempDir Path folder) throws IOException {
    Path file =
        Files.write(
            folder.resolve("q.txt"), "who is [José]\tZoë\n".getBytes(StandardCharsets.ISO_8859_1));

    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> QuestionFiles.read(file, graph))
        .withMessageStartingWith(file + ":1: the line is not UTF-8");
  }
}
