package ai.kale.train.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.KaleException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Some 600 snippets, templates in the manner of well-known models and random ones, with what
 * Python's Jinja2 3.1.6 made of them, in an ImmutableSandboxedEnvironment with trim_blocks,
 * lstrip_blocks, loop controls and a tojson that keeps all characters. The first line of the file
 * has the variables.
 */
class JinjaParityTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static List<JsonNode> lines() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    try (InputStream in = JinjaParityTest.class.getResourceAsStream("jinja2.jsonl")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.lines().toList()) {
        lines.add(MAPPER.readTree(line));
      }
    }
    return lines;
  }

  private static Object value(JsonNode node) {
    if (node.isTextual()) {
      return node.textValue();
    } else if (node.isBoolean()) {
      return node.booleanValue();
    } else if (node.isIntegralNumber()) {
      return node.longValue();
    } else if (node.isNumber()) {
      return node.doubleValue();
    } else if (node.isNull()) {
      return None.NONE;
    } else if (node.isArray()) {
      List<Object> list = new ArrayList<>();
      node.forEach(element -> list.add(value(element)));
      return list;
    }
    Map<Object, Object> map = new LinkedHashMap<>();
    node.properties().forEach(e -> map.put(e.getKey(), value(e.getValue())));
    return map;
  }

  @Test
  void rendersWhatPythonRenders() throws IOException {
    List<JsonNode> lines = lines();
    Map<String, Object> variables = new HashMap<>();
    lines
        .get(0)
        .get("variables")
        .properties()
        .forEach(e -> variables.put(e.getKey(), value(e.getValue())));
    for (JsonNode line : lines.subList(1, lines.size())) {
      String source = line.get("template").textValue();
      if (line.has("text")) {
        assertThat(ChatTemplate.of(source, Map.of()).render(variables))
            .as(source)
            .isEqualTo(line.get("text").textValue());
      } else {
        assertThatThrownBy(() -> ChatTemplate.of(source, Map.of()).render(variables))
            .as(source)
            .isInstanceOf(KaleException.class);
      }
    }
    assertThat(lines).hasSizeGreaterThan(400);
  }
}
