package ai.kale.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.data.GroundedQuestion;
import ai.kale.data.PathFallback;
import ai.kale.data.PathReport;
import ai.kale.data.Provenance;
import ai.kale.data.Rationale;
import ai.kale.data.RationalizedQuestion;
import ai.kale.error.InvalidInputException;
import ai.kale.rationale.UntrustedLabels;
import ai.kale.run.LibraryVersion;
import ai.kale.testing.HostileLabels;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetCardTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private static RationalizedQuestion row(String teacher, String outcome, PathFallback fallback) {
    GroundedQuestion q = ExportRows.curie().grounded();
    GroundedQuestion grounded =
        new GroundedQuestion(
            q.question(),
            q.questionEntities(),
            q.answerEntities(),
            q.unlinked(),
            q.paths(),
            PathReport.complete(3).withFallback(fallback),
            q.provenance().with("linker", "label/1").with("maxHops", "3"),
            Map.of());
    return new RationalizedQuestion(
        grounded,
        new Rationale("So it is.", teacher, 100, 10),
        Provenance.of(
            "synthesize",
            Map.of(
                "outcome",
                outcome,
                "triples",
                "3",
                "prompt.version",
                "rationale-v2",
                "prompt.sha256",
                "ab12")),
        Map.of());
  }

  private JsonNode frontMatter() throws IOException {
    String card = Files.readString(folder.resolve("README.md"));
    assertThat(card).startsWith("---\n");
    String yaml = card.substring(4, card.indexOf("\n---\n", 4));
    return new ObjectMapper(new YAMLFactory()).readTree(yaml);
  }

  @Test
  void saysWhatIsInTheDataAndHowItWasMade() throws Exception {
    List<RationalizedQuestion> rows =
        List.of(
            row("openai:m", "kept", PathFallback.NONE),
            row("openai:m", "retried", PathFallback.NONE),
            row("template/2", "fell-back", PathFallback.TOWARD_ANSWER),
            row("openai:m", "kept", PathFallback.NONE));
    ExportedFile alpaca = AlpacaExport.rows().write(folder.resolve("alpaca.jsonl"), rows);
    ExportedFile trl = TrlExport.plain().write(folder.resolve("trl.jsonl"), rows.stream());
    DatasetCard card =
        DatasetCard.of("Curie: \"who\"?", rows)
            .withLicense("cc-by-4.0")
            .withFile(alpaca)
            .withFile(trl);
    assertThat(card.writeTo(folder)).isEqualTo(folder.resolve("README.md"));

    JsonNode yaml = frontMatter();
    Schemas.assertValid("card", yaml);
    assertThat(yaml.get("pretty_name").asText()).isEqualTo("Curie: \"who\"?");
    assertThat(yaml.get("size_categories").get(0).asText()).isEqualTo("n<1K");
    assertThat(yaml.at("/configs/0/config_name").asText()).isEqualTo("alpaca");
    assertThat(yaml.at("/configs/0/default").asBoolean()).isTrue();
    assertThat(yaml.at("/configs/1/data_files/0/path").asText()).isEqualTo("trl.jsonl");

    String hash =
        HexFormat.of()
            .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(trl.file())));
    assertThat(Files.readString(folder.resolve("README.md")))
        .contains("| outcomes | `kept` (2), `fell-back` (1), `retried` (1) |")
        .contains("| written by the template after a teacher failed | 1 (25.0 %) |")
        .contains("| on fallback paths, which do not reach the answer | 1 (25.0 %) |")
        .contains("| teachers | `openai:m` (3), `template/2` (1) |")
        .contains("| prompts (version, SHA-256) | `rationale-v2 ab12` |")
        .contains("| tokens read and written by teachers | 400 and 40 |")
        .contains("| graph snapshot | `sha256:abc` |")
        .contains("| triples given to the rationales | 12 |")
        .contains("| grounding: `linker` | `label/1` |")
        .contains("| grounding: `maxHops` | `3` |")
        .contains("(version `" + LibraryVersion.current() + "`)")
        .contains("| `trl.jsonl` | trl | 4 | " + Files.size(trl.file()) + " | `" + hash + "` |");
  }

  @Test
  void isTheSameForTheSameData() throws IOException {
    List<RationalizedQuestion> rows = List.of(ExportRows.curie());
    DatasetCard.of("d", rows).writeTo(folder);
    String first = Files.readString(folder.resolve("README.md"));
    DatasetCard.of("d", rows).writeTo(folder);
    assertThat(folder.resolve("README.md")).hasContent(first.strip());
    assertThat(first).contains("| prompts (version, SHA-256) | none |");
    Schemas.assertValid("card", frontMatter());
  }

  @Test
  void hostileTextsBreakNeitherTheFrontMatterNorATable() throws IOException {
    for (HostileLabels hostile : HostileLabels.all()) {
      RationalizedQuestion row = row(hostile.text(), hostile.text(), PathFallback.NONE);
      DatasetCard.of(hostile.text(), List.of(row)).writeTo(folder);
      assertThat(frontMatter().get("pretty_name").asText())
          .isEqualTo(UntrustedLabels.DEFAULT.clean(hostile.text()));
      Schemas.assertValid("card", frontMatter());
      String card = Files.readString(folder.resolve("README.md"));
      List<String> table = card.lines().filter(line -> line.startsWith("|")).toList();
      assertThat(table)
          .hasSize(17)
          .allMatch(line -> line.endsWith(" |") || line.equals("|---|---|"));
      assertThat(table).allMatch(line -> line.split("(?<!\\\\)\\|", -1).length == 4);
      assertThat(card.lines().filter(line -> line.startsWith("#")).count()).isEqualTo(2);
    }
  }

  @Test
  void aFileElsewhereIsRefused() {
    ExportedFile elsewhere = new ExportedFile(folder.resolve("../x.jsonl"), "trl", 1, 2, "ab");
    DatasetCard card = DatasetCard.of("d", List.of(ExportRows.curie())).withFile(elsewhere);
    assertThatThrownBy(() -> card.writeTo(folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is not in");
  }
}
