package ai.kale.tck;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * A request as a {@link ChatCompletionsServer} read it.
 *
 * @param path of the request line
 * @param headers by lower-case name
 * @param body as sent
 * @param system its system message, empty if none
 * @param user its user message
 */
public record ChatRequest(
    String path, Map<String, String> headers, String body, String system, String user) {
  /** Tells prompts apart: SHA-256 of system and user message, in hex. */
  public String promptHash() {
    return hash(system, user);
  }

  /**
   * The hash of a prompt.
   *
   * @param system its system message
   * @param user its user message
   */
  public static String hash(String system, String user) {
    try {
      byte[] text = (system.length() + ":" + system + user).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
