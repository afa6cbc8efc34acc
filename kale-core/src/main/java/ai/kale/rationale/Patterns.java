package ai.kale.rationale;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** Fills named places of a text, and hashes texts. */
final class Patterns {
  private Patterns() {}

  /** Replaces each {@code {name}} in one pass; what is put in is not looked at again. */
  static String fill(String pattern, Map<String, String> values) {
    StringBuilder filled = new StringBuilder(pattern.length() + 64);
    int i = 0;
    while (i < pattern.length()) {
      int close = pattern.charAt(i) == '{' ? pattern.indexOf('}', i) : -1;
      String value = close < 0 ? null : values.get(pattern.substring(i + 1, close));
      if (value == null) {
        filled.append(pattern.charAt(i++));
      } else {
        filled.append(value);
        i = close + 1;
      }
    }
    return filled.toString();
  }

  /** SHA-256 over the texts, each preceded by its length, in hex. */
  static String sha256(Iterable<String> texts) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    for (String text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_16BE);
      digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
      digest.update(bytes);
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
