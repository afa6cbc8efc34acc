package ai.kale.teacher.openai;

import ai.kale.error.InvalidInputException;
import ai.kale.error.KaleException;
import ai.kale.error.SetupException;
import ai.kale.error.TransientFailureException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** An answer that is no reply, as the exception that says what to do. */
final class ErrorStatus {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String who;
  private final Redactor redactor;

  /**
   * @param who teacher and place, the subject of the messages
   */
  ErrorStatus(String who, Redactor redactor) {
    this.who = who;
    this.redactor = redactor;
  }

  /** From the status and body of an HTTP response. */
  KaleException of(int status, String body, Optional<Duration> retryAfter) {
    return of(status, tree(body), body, retryAfter);
  }

  /** From an {@code error}, object or text, that came with status 200; its code may be a status. */
  KaleException inReply(JsonNode body) {
    int code = body.path("error").path("code").asInt(0);
    return of(code >= 400 && code < 600 ? code : 502, body, "", Optional.empty());
  }

  private KaleException of(int status, JsonNode tree, String body, Optional<Duration> retryAfter) {
    JsonNode error = tree.path("error");
    String message =
        error.isTextual()
            ? error.textValue()
            : error.path("message").asText(tree.path("message").asText(body));
    String shown = Shown.line(message, redactor);
    String said = who + " answered HTTP " + status + (shown.isEmpty() ? "" : ": " + shown);
    String kind =
        (error.path("code").asText("") + " " + error.path("type").asText("") + " " + message)
            .toLowerCase(Locale.ROOT);
    if (status == 402 || (status == 429 && isUnpaid(kind))) {
      return new SetupException(said + "; the account has no credit left: add some, then go on");
    }
    if (status == 408 || status == 409 || status == 425 || status == 429 || status >= 500) {
      return TransientFailureException.refusal(said, retryAfter);
    }
    if (status >= 400 && status != 401 && isPolicy(error, kind)) {
      return new InvalidInputException(
          said + "; a content filter refuses this prompt: change it or leave the question out");
    }
    if (status == 400 && (kind.contains("api key not valid") || kind.contains("api_key_invalid"))) {
      return new SetupException(said + "; check the key, and that it belongs to this service");
    }
    return switch (status) {
      case 400, 422 ->
          isAboutOptions(error)
              ? new SetupException(
                  said
                      + "; the service does not take this option or model: change it on the teacher")
              : new InvalidInputException(
                  said + "; this prompt is refused: shorten or change it, or leave it out");
      case 413 ->
          new InvalidInputException(said + "; the prompt is too long: give fewer or shorter paths");
      case 401 -> new SetupException(said + "; check the key, and that it belongs to this service");
      case 403 -> new SetupException(said + "; the key may not use this model: check its rights");
      case 404 -> new SetupException(said + "; check the base URL, it ends in /v1, and the model");
      case 407 -> new SetupException(said + "; the proxy wants credentials: see httpClient");
      default ->
          status >= 300 && status < 400
              ? new SetupException(
                  said + "; redirects are not followed: use the address it leads to, if trusted")
              : new SetupException(said + "; check that the base URL is that of a chat service");
    };
  }

  private static boolean isUnpaid(String kind) {
    return kind.contains("insufficient_quota")
        || kind.contains("billing_not_active")
        || kind.contains("exceeded your current quota");
  }

  private static boolean isPolicy(JsonNode error, String kind) {
    String code = error.path("code").asText("").toLowerCase(Locale.ROOT);
    return code.contains("content_filter")
        || code.contains("content_policy")
        || code.contains("moderation")
        || kind.contains("content_policy_violation")
        || error.path("innererror").path("code").asText("").startsWith("ResponsibleAI");
  }

  private static boolean isAboutOptions(JsonNode error) {
    String code = error.path("code").asText("");
    return code.equals("unsupported_parameter")
        || code.equals("unsupported_value")
        || code.equals("unknown_parameter")
        || code.equals("model_not_found")
        || code.equals("model_decommissioned");
  }

  private static JsonNode tree(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance(); // a proxy's page, shown as it is
    }
  }
}
