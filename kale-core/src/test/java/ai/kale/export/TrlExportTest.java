package ai.kale.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.data.GroundedQuestion;
import ai.kale.data.Question;
import ai.kale.data.RationalizedQuestion;
import ai.kale.error.InvalidInputException;
import ai.kale.rationale.SynthesisRun;
import ai.kale.rationale.TemplateSynthesizer;
import ai.kale.tck.Samples;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrlExportTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private static List<RationalizedQuestion> rows() {
    Question choice =
        new Question("c", "Which?", List.of("M1"), List.of("M1", "ż\n2"), List.of(), "c", Map.of());
    return SynthesisRun.with(new TemplateSynthesizer())
        .run(List.of(Samples.curie(), Samples.grounded(choice, Samples.numbered(1).paths())))
        .questions();
  }

  @Test
  void plainRowsHaveTheColumnsOfTheSchema() throws IOException {
    Path file = folder.resolve("trl.jsonl");
    TrlExport.plain().write(file, rows());
    List<JsonNode> nodes = read(file);
    assertThat(nodes).hasSize(2);
    for (JsonNode node : nodes) {
      assertThat(names(node)).containsExactly("prompt", "completion", "privileged_context", "id");
      node.forEach(column -> assertThat(column.isTextual()).isTrue());
    }
    assertThat(nodes.get(0).get("completion").asText()).isEqualTo(" Polish zloty");
    assertThat(nodes.get(0).get("privileged_context").asText()).startsWith("The birthplace of");
    assertThat(nodes.get(1).get("prompt").asText()).isEqualTo("Which?\n- M1\n- ż\n2\nAnswer:");
  }

  @Test
  void promptAndCompletionOfThePlainFormReadAsOneText() {
    ExportText texts = ExportText.standard();
    RationalizedQuestion row = rows().get(1);
    String rationale = row.rationale().text();
    assertThat(together(texts, row)).isEqualTo("Which?\n- M1\n- ż\n2\nAnswer: M1");
    assertThat(together(texts.withTarget(ExportText.Target.RATIONALE_THEN_ANSWER), row))
        .isEqualTo("Which?\n- M1\n- ż\n2\nRationale: " + rationale + "\n\nAnswer: M1");
    assertThat(together(texts.withOptions(false).withSeparator("\n\n"), row))
        .isEqualTo("Which?\n\nM1");
    assertThat(together(texts.withPrompt(q -> "Q: " + q.text() + " A:"), row))
        .isEqualTo("Q: Which? A: M1");
    Map<String, Object> turns =
        TrlExport.conversational().with(texts.withOptions(false).withSeparator("#")).row(row);
    assertThat(turns.get("prompt")).isEqualTo(List.of(Messages.of("user", "Which?")));
    assertThat(turns.get("completion")).isEqualTo(List.of(Messages.of("assistant", "M1")));
  }

  private static String together(ExportText texts, RationalizedQuestion row) {
    Map<String, Object> columns = TrlExport.plain().with(texts).row(row);
    return "" + columns.get("prompt") + columns.get("completion");
  }

  @Test
  void conversationalRowsHoldMessages() throws IOException {
    Path file = folder.resolve("trl.jsonl");
    TrlExport.conversational().withPrompt(q -> "Q: " + q.text()).write(file, rows());
    for (JsonNode node : read(file)) {
      for (Map.Entry<String, String> column :
          Map.of("prompt", "user", "completion", "assistant").entrySet()) {
        JsonNode messages = node.get(column.getKey());
        assertThat(messages).hasSize(1);
        assertThat(names(messages.get(0))).containsExactly("role", "content");
        assertThat(messages.get(0).get("role").asText()).isEqualTo(column.getValue());
      }
      assertThat(node.get("privileged_context").isTextual()).isTrue();
      assertThat(node.get("prompt").get(0).get("content").asText()).startsWith("Q: ");
    }
  }

  @Test
  void rowsWithoutAnswerAndEmptySetsAreRefusedAndLeaveNoFile() {
    Path file = folder.resolve("trl.jsonl");
    assertThatThrownBy(() -> TrlExport.plain().write(file, List.of()))
        .isInstanceOf(InvalidInputException.class);
    RationalizedQuestion row = rows().get(0);
    GroundedQuestion bare =
        Samples.grounded(row.question().withAnswers(List.of()), row.grounded().paths());
    List<RationalizedQuestion> bad =
        List.of(row, new RationalizedQuestion(bare, row.rationale(), row.provenance(), Map.of()));
    assertThatThrownBy(() -> TrlExport.plain().write(file, bad))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("question q1, as trl: it has no answer");
    assertThat(folder).isEmptyDirectory();
  }

  private static List<JsonNode> read(Path file) throws IOException {
    List<JsonNode> nodes = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      nodes.add(new ObjectMapper().readTree(line));
    }
    return nodes;
  }

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
