package ai.kale.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.InvalidInputException;
import ai.kale.error.UnsupportedCapabilityException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LlamaFactoryDatasetsTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private void register(String name, Export export, String file) {
    Path target = folder.resolve(file);
    export.write(target, List.of(ExportRows.curie()));
    LlamaFactoryDatasets.register(folder, name, export, target);
  }

  private JsonNode info() throws IOException {
    return MAPPER.readTree(folder.resolve("dataset_info.json").toFile());
  }

  @Test
  void entriesNameTheColumnsThatAreInTheRows() throws IOException {
    List<Export> exports =
        List.of(AlpacaExport.rows(), ShareGptExport.conversations(), OpenAiExport.messages());
    for (Export export : exports) {
      register(export.format(), export, export.format() + ".jsonl");
    }
    JsonNode info = info();
    Schemas.assertValid("dataset_info", info);
    assertThat(info.get("alpaca").get("columns"))
        .isEqualTo(
            MAPPER.valueToTree(
                Map.of(
                    "prompt", "instruction",
                    "query", "input",
                    "response", "output",
                    "system", "system")));
    for (Export export : exports) {
      JsonNode entry = info.get(export.format());
      assertThat(entry.get("file_name").asText()).isEqualTo(export.format() + ".jsonl");
      JsonNode row = MAPPER.valueToTree(export.row(ExportRows.curie()));
      entry.get("columns").forEach(column -> assertThat(row.has(column.asText())).isTrue());
      if (entry.has("tags")) {
        JsonNode tags = entry.get("tags");
        JsonNode turns = row.get(entry.get("columns").get("messages").asText());
        assertThat(turns.get(0).get(tags.get("role_tag").asText())).isEqualTo(tags.get("user_tag"));
        assertThat(turns.get(1).get(tags.get("role_tag").asText()))
            .isEqualTo(tags.get("assistant_tag"));
        assertThat(turns.get(1).get(tags.get("content_tag").asText()).asText())
            .isEqualTo("Polish zloty");
      }
    }
  }

  @Test
  void otherEntriesStayAsTheyAre() throws IOException {
    String others =
        "{\"identity\": {\"file_name\": \"identity.json\", \"num_samples\": 1.50},"
            + " \"hub\": {\"hf_hub_url\": \"a/b\", \"columns\": {\"prompt\": \"é\"}}}";
    Files.writeString(folder.resolve("dataset_info.json"), others);
    register("kale", AlpacaExport.rows(), "kale.jsonl");
    register("kale", ShareGptExport.conversations(), "kale.jsonl");
    JsonNode info = info();
    assertThat(info.fieldNames()).toIterable().containsExactly("identity", "hub", "kale");
    assertThat(info.get("identity")).isEqualTo(MAPPER.readTree(others).get("identity"));
    assertThat(info.get("hub")).isEqualTo(MAPPER.readTree(others).get("hub"));
    assertThat(Files.readString(folder.resolve("dataset_info.json"))).contains("1.50");
    assertThat(info.get("kale").get("formatting").asText()).isEqualTo("sharegpt");
  }

  @Test
  void whatCannotBeRegisteredChangesNothing() throws IOException {
    register("kale", AlpacaExport.rows(), "kale.jsonl");
    String before = Files.readString(folder.resolve("dataset_info.json"));
    assertThatThrownBy(() -> register("kale", AlpacaExport.rows(), "other.jsonl"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("has a data set kale already, for the file kale.jsonl");
    assertThatThrownBy(() -> register("trl", TrlExport.plain(), "trl.jsonl"))
        .isInstanceOf(UnsupportedCapabilityException.class);
    assertThatThrownBy(
            () ->
                LlamaFactoryDatasets.register(
                    folder, "up", AlpacaExport.rows(), folder.resolve("../up.jsonl")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is not in");
    assertThat(Files.readString(folder.resolve("dataset_info.json"))).isEqualTo(before);
    for (String damaged : List.of("[]", "{\"a\": ", "{} x")) {
      Files.writeString(folder.resolve("dataset_info.json"), damaged);
      assertThatThrownBy(() -> register("kale", AlpacaExport.rows(), "kale.jsonl"))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("dataset_info.json");
      assertThat(folder.resolve("dataset_info.json")).hasContent(damaged);
    }
  }
}
