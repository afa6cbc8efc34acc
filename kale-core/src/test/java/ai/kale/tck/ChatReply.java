package ai.kale.tck;

import java.util.Map;

/**
 * A scripted answer, sent as it is.
 *
 * @param status HTTP status
 * @param headers besides Content-Type and Content-Length
 * @param body any text
 */
public record ChatReply(int status, Map<String, String> headers, String body) {
  /**
   * An answer without further headers.
   *
   * @param status HTTP status
   * @param body any text
   */
  public ChatReply(int status, String body) {
    this(status, Map.of(), body);
  }
}
