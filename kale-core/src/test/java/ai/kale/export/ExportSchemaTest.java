package ai.kale.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.data.Question;
import ai.kale.data.RationalizedQuestion;
import ai.kale.error.InvalidInputException;
import ai.kale.testing.HostileLabels;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every export fits its schema, whatever the texts, and gives them back. */
class ExportSchemaTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @SuppressWarnings("NullAway.Init")
  private static Path folder;

  @BeforeContainer
  @BeforeAll
  static void makeFolder() throws IOException {
    folder = Files.createTempDirectory("exports");
  }

  @AfterContainer
  @AfterAll
  static void removeFolder() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.deleteIfExists(folder);
  }

  static List<Export> exports(ExportText text) {
    List<Export> exports = new ArrayList<>();
    if (text.system().isEmpty()) {
      exports.add(TrlExport.plain().with(text));
    }
    exports.add(TrlExport.conversational().with(text));
    exports.add(OpenAiExport.messages().with(text));
    exports.add(AlpacaExport.rows().with(text));
    exports.add(ShareGptExport.conversations().with(text));
    return exports;
  }

  static Stream<HostileLabels> labels() {
    return HostileLabels.all().stream();
  }

  @Provide
  Arbitrary<List<RationalizedQuestion>> rows() {
    return ExportRows.any().list().ofMinSize(1).ofMaxSize(3);
  }

  @Provide
  Arbitrary<ExportText> texts() {
    ExportText standard = ExportText.standard();
    return Arbitraries.of(
        standard,
        standard.withOptions(false),
        standard.withSystem("Answer.\nBriefly: \"so\"."),
        standard.withTarget(ExportText.Target.RATIONALE_THEN_ANSWER),
        standard.withPrompt(question -> "Q: " + question.text()));
  }

  @Property(tries = 40)
  void everyRowFitsItsSchemaAndGivesItsTextsBack(
      @ForAll("rows") List<RationalizedQuestion> rows, @ForAll("texts") ExportText text)
      throws IOException {
    for (Export export : exports(text)) {
      Path file = folder.resolve(export.format() + ".jsonl");
      ExportedFile written = export.write(file, rows);
      List<String> lines = lines(file);
      assertThat(lines).hasSize(rows.size());
      assertThat(written.rows()).isEqualTo(rows.size());
      assertThat(written.bytes()).isEqualTo(Files.size(file));
      for (int i = 0; i < lines.size(); i++) {
        // One line for each row, for readers too that end lines at other characters.
        assertThat(lines.get(i)).doesNotContain("\u0085", "\u2028", "\u2029");
        JsonNode node = MAPPER.readTree(lines.get(i));
        Schemas.assertValid(export.format(), node);
        RationalizedQuestion row = rows.get(i);
        assertTexts(node, text, row);
        assertThat(system(node)).isEqualTo(text.system());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("labels")
  void hostileTextsStayTextsOrAreRefused(HostileLabels hostile) throws IOException {
    RationalizedQuestion row =
        ExportRows.row(
            Question.of("h", hostile.text(), List.of(hostile.text()))
                .withPassage(hostile.text())
                .withInstruction(hostile.text())
                .withChoices(List.of(hostile.text())),
            hostile.text());
    for (Export export : exports(ExportText.standard())) {
      Path file = folder.resolve(hostile.name().hashCode() + export.format() + ".jsonl");
      if (hostile.name().equals("half a surrogate pair")) {
        assertThatThrownBy(() -> export.write(file, List.of(row)))
            .isInstanceOf(InvalidInputException.class)
            .hasMessageStartingWith("question h, as " + export.format())
            .hasMessageContaining("half a surrogate pair at 1");
        assertThat(file).doesNotExist();
      } else {
        export.write(file, List.of(row));
        JsonNode node = MAPPER.readTree(lines(file).get(0));
        Schemas.assertValid(export.format(), node);
        assertTexts(node, ExportText.standard(), row);
      }
    }
  }

  @Test
  void theSchemasRefuseWhatIsWrong() {
    for (Export export : exports(ExportText.standard())) {
      ObjectNode node = MAPPER.valueToTree(export.row(ExportRows.curie()));
      Schemas.assertValid(export.format(), node);
      String first = node.fieldNames().next();
      assertThat(Schemas.schema(export.format()).validate(node.deepCopy().put("more", 1)))
          .as(export.format())
          .isNotEmpty();
      assertThat(Schemas.schema(export.format()).validate(node.deepCopy().without(first)))
          .isNotEmpty();
      assertThat(Schemas.schema(export.format()).validate(node.deepCopy().put(first, "")))
          .isNotEmpty();
    }
  }

  private static List<String> lines(Path file) throws IOException {
    String text = Files.readString(file, StandardCharsets.UTF_8);
    assertThat(text).endsWith("\n");
    return List.of(text.substring(0, text.length() - 1).split("\n", -1));
  }

  /** The plain form of TRL is one text in two columns; the others hold the texts as they are. */
  private static void assertTexts(JsonNode node, ExportText text, RationalizedQuestion row) {
    String prompt = text.prompt(row.question());
    if (node.path("prompt").isTextual()) {
      assertThat(prompt(node)).startsWith(prompt);
      assertThat(prompt(node) + completion(node))
          .isEqualTo(prompt + text.separator() + text.completion(row));
    } else {
      assertThat(prompt(node)).isEqualTo(prompt);
      assertThat(completion(node)).isEqualTo(text.completion(row));
    }
  }

  /** The prompt as a reader of each form puts it together. */
  private static String prompt(JsonNode node) {
    if (node.has("instruction")) {
      String input = node.get("input").asText();
      return node.get("instruction").asText() + (input.isEmpty() ? "" : "\n\n" + input);
    }
    JsonNode turns = node.has("conversations") ? node.get("conversations") : messages(node);
    return turns.isTextual() ? turns.asText() : said(turns, List.of("user", "human"));
  }

  private static String completion(JsonNode node) {
    if (node.has("output")) {
      return node.get("output").asText();
    }
    JsonNode turns =
        node.has("conversations")
            ? node.get("conversations")
            : node.has("completion") ? node.get("completion") : messages(node);
    return turns.isTextual() ? turns.asText() : said(turns, List.of("assistant", "gpt"));
  }

  private static String system(JsonNode node) {
    return node.has("system")
        ? node.get("system").asText()
        : messages(node).isTextual() ? "" : said(messages(node), List.of("system"));
  }

  private static JsonNode messages(JsonNode node) {
    return node.has("messages") ? node.get("messages") : node.path("prompt");
  }

  private static String said(JsonNode turns, List<String> roles) {
    List<String> texts = new ArrayList<>();
    for (JsonNode turn : turns) {
      String role = turn.path("role").asText(turn.path("from").asText());
      if (roles.contains(role)) {
        texts.add(turn.path("content").asText(turn.path("value").asText()));
      }
    }
    return texts.stream().collect(Collectors.joining("|"));
  }
}
