package ai.kale.teacher.openai;

import ai.kale.spi.TeacherModel.Ending;
import ai.kale.spi.TeacherModel.Reply;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** A reply as the interface has it. */
final class Completion {
  private Completion() {}

  /** The reply in a body; empty if a field without which there is none is missing. */
  static Optional<Reply> reply(JsonNode body, Redactor redactor) {
    JsonNode choice = body.path("choices").path(0);
    JsonNode message = choice.path("message");
    if (!message.has("content") && !message.has("refusal")) {
      return Optional.empty();
    }
    JsonNode usage = body.path("usage");
    return Optional.of(
        new Reply(
            redactor.redactReply(text(message.path("content"))),
            count(usage, "prompt_tokens"),
            count(usage, "completion_tokens"),
            ending(choice, message)));
  }

  /** Whether the service says that the model failed while it wrote. */
  static boolean isBroken(JsonNode body) {
    return body.path("choices").path(0).path("finish_reason").asText().equals("error");
  }

  /** What it says about that, if anything. */
  static String problem(JsonNode body) {
    JsonNode error = body.path("choices").path(0).path("error");
    return error.path("message").asText(body.path("error").path("message").asText("no word why"));
  }

  private static String text(JsonNode content) {
    if (content.isTextual()) {
      return content.textValue();
    }
    StringBuilder text = new StringBuilder();
    if (content.isArray()) {
      content.forEach(part -> text.append(part.path("text").asText()));
    }
    return text.toString();
  }

  private static Ending ending(JsonNode choice, JsonNode message) {
    boolean refused = !message.path("refusal").asText("").isEmpty();
    return switch (refused ? "content_filter" : choice.path("finish_reason").asText()) {
      case "length" -> Ending.CUT;
      case "content_filter" -> Ending.REFUSED;
      default -> Ending.COMPLETE;
    };
  }

  private static long count(JsonNode usage, String name) {
    return Math.max(0, usage.path(name).asLong(0));
  }
}
