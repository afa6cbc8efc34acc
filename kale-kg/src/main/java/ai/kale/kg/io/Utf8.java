package ai.kale.kg.io;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Text of UTF-8 bytes, strictly. */
final class Utf8 {
  private static final char REPLACEMENT = '\uFFFD';

  private Utf8() {}

  /** The text, or null if the bytes are not UTF-8. */
  static @Nullable String decode(byte[] bytes, int from, int to) {
    String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    // The quick way puts this character where a byte is malformed; but it may also be meant.
    return text.indexOf(REPLACEMENT) < 0 || isValid(bytes, from, to) ? text : null;
  }

  private static boolean isValid(byte[] bytes, int from, int to) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** The line read last; null, and among the bad lines, if it is not UTF-8. */
  static @Nullable String line(ByteLines lines, BadLines bad) {
    String text = decode(lines.bytes(), lines.from(), lines.to());
    if (text == null) {
      bad.add(lines.number(), "not UTF-8 text; save the file as UTF-8");
    }
    return text;
  }
}
