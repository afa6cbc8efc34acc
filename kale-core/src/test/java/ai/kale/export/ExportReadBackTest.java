package ai.kale.export;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.data.Question;
import ai.kale.data.RationalizedQuestion;
import ai.kale.dataset.QuestionFormats;
import ai.kale.dataset.QuestionReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is exported is read back by this library's own readers. */
class ExportReadBackTest {
  private static final ExportText BRIEF = ExportText.standard().withSystem("Be brief.");
  private static final List<RationalizedQuestion> ROWS =
      List.of(
          ExportRows.curie(),
          ExportRows.row(
              Question.of("q2", "Who \"was\" it?\nSay.", List.of("Ada 😀\u2028", "other"))
                  .withPassage("A letter,\n\nsigned A. L.")
                  .withChoices(List.of("Ada 😀\u2028", "Bob")),
              "So it was Ada."));

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private List<Question> readBack(Export export, QuestionReader reader) {
    Path file = folder.resolve(export.format() + ".jsonl");
    export.write(file, ROWS);
    return reader.read(file);
  }

  private static void assertSame(List<Question> read, ExportText text) {
    assertThat(read).hasSameSizeAs(ROWS);
    for (int i = 0; i < read.size(); i++) {
      assertThat(read.get(i).text()).isEqualTo(text.prompt(ROWS.get(i).question()));
      assertThat(read.get(i).answers()).containsExactly(text.completion(ROWS.get(i)));
      assertThat(read.get(i).instruction()).isEqualTo(text.system());
    }
  }

  @Test
  void messagesConversationsAndInstructions() {
    for (ExportText text : List.of(ExportText.standard(), BRIEF)) {
      assertSame(
          readBack(OpenAiExport.messages().with(text), QuestionFormats.openAiMessages()), text);
      List<Question> conversations =
          readBack(ShareGptExport.conversations().with(text), QuestionFormats.shareGpt());
      assertSame(conversations, text);
      assertThat(conversations).extracting(Question::id).containsExactly("q1", "q2");
      assertSame(readBack(AlpacaExport.rows().with(text), QuestionFormats.alpaca()), text);
    }
  }

  @Test
  void anInstructionOfItsOwnStaysApartInAlpaca() {
    RationalizedQuestion row =
        ExportRows.row(
            Question.of("q3", "Who?", List.of("Ada")).withInstruction("Give a name."),
            "Ada it was.");
    Path file = folder.resolve("a.jsonl");
    AlpacaExport.rows().write(file, List.of(row));
    assertThat(QuestionFormats.alpaca().read(file)).containsExactly(row.question().withGroup("q3"));
  }
}
