package ai.kale.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Texts that try to break out of where they are put: tags, turns and control tokens of chat
 * templates, quotes, escapes, invisible characters and more, from {@code hostile-labels.jsonl}.
 *
 * @param name what it tries
 * @param text the text
 */
public record HostileLabels(String name, String text) {
  /** All of them, in the order of the file. */
  public static List<HostileLabels> all() {
    List<HostileLabels> labels = new ArrayList<>();
    ObjectMapper mapper = new ObjectMapper();
    String file = "/ai/kale/rationale/hostile-labels.jsonl";
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(HostileLabels.class.getResourceAsStream(file), file),
                StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode node = mapper.readTree(line);
        String text = node.get("text").asText().repeat(node.path("times").asInt(1));
        labels.add(new HostileLabels(node.get("name").asText(), text));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return labels;
  }

  @Override
  public String toString() {
    return name;
  }
}
