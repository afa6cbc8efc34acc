package ai.kale.teacher.openai;

import ai.kale.spi.TeacherModel.Prompt;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The body of a request, sent or written to a batch file.
 *
 * @param tokenLimitField {@code max_tokens} or {@code max_completion_tokens}
 * @param temperature whether it is sent
 */
record ChatBody(
    String model,
    String tokenLimitField,
    boolean temperature,
    OptionalLong seed,
    Map<String, JsonNode> extra) {
  private static final ObjectMapper JSON = new ObjectMapper();

  ObjectNode of(Prompt prompt) {
    ObjectNode body = JSON.createObjectNode();
    body.put("model", model);
    ArrayNode messages = body.putArray("messages");
    if (!prompt.system().isBlank()) {
      messages.addObject().put("role", "system").put("content", prompt.system());
    }
    messages.addObject().put("role", "user").put("content", prompt.user());
    body.put(tokenLimitField, prompt.maxTokens());
    if (temperature) {
      body.put("temperature", prompt.temperature());
    }
    seed.ifPresent(value -> body.put("seed", value));
    extra.forEach(body::set);
    return body;
  }

  static String text(JsonNode node) {
    try {
      return JSON.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree could not be written", e);
    }
  }
}
