package ai.kale.train.djl;

import ai.kale.error.CorruptFileException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.BitSet;
import java.util.Deque;

/**
 * Checks SentencePiece's table of character replacements ({@code precompiled_charsmap}), which the
 * native library reads without checks: the size of a double-array trie, its units of 32 bits, and
 * the replacements, UTF-8 texts that end with 0.
 *
 * <p>Every unit that some text can lead to is visited once: its children must lie in the array, and
 * its value must be the beginning of a character of the replacements. O(table).
 */
final class CharacterTable {
  private static final int BYTE_VALUES = 256;
  private static final int UNIT_BYTES = 4;

  private final int[] units;
  private final byte[] texts;

  private CharacterTable(int[] units, byte[] texts) {
    this.units = units;
    this.texts = texts;
  }

  static void check(JsonNode field, String file) {
    if (!field.isTextual() || !isSound(field.textValue())) {
      throw new CorruptFileException(
          file + ": precompiled_charsmap is no table of characters; restore the file");
    }
  }

  private static boolean isSound(String base64) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(base64));
      bytes.order(ByteOrder.LITTLE_ENDIAN);
      if (base64.length() % UNIT_BYTES != 0 || bytes.remaining() < UNIT_BYTES) {
        return false;
      }
      int size = bytes.getInt();
      if (size < UNIT_BYTES || size % UNIT_BYTES != 0 || size > bytes.remaining()) {
        return false;
      }
      int[] units = new int[size / UNIT_BYTES];
      bytes.asIntBuffer().get(units);
      bytes.position(bytes.position() + size);
      StandardCharsets.UTF_8.newDecoder().decode(bytes.duplicate());
      byte[] texts = new byte[bytes.remaining()];
      bytes.get(texts);
      return new CharacterTable(units, texts).holds();
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return false;
    }
  }

  private boolean holds() {
    BitSet seen = new BitSet(units.length);
    Deque<Integer> next = new ArrayDeque<>();
    int root = offset(units[0]);
    if (!isBlock(root)) {
      return false;
    }
    next.add(root);
    while (!next.isEmpty()) {
      int base = next.remove();
      for (int c = 1; c < BYTE_VALUES; c++) {
        int at = base ^ c;
        if (label(units[at]) == c && !seen.get(at)) {
          seen.set(at);
          int children = at ^ offset(units[at]);
          if (!isBlock(children) || (hasValue(units[at]) && !isText(units[children]))) {
            return false;
          }
          next.add(children);
        }
      }
    }
    return true;
  }

  /** Whether all that a byte can lead to from here lies in the array. */
  private boolean isBlock(int base) {
    return base >= 0 && (base | (BYTE_VALUES - 1)) < units.length;
  }

  private boolean isText(int unit) {
    int at = unit & Integer.MAX_VALUE;
    return at < texts.length && (texts[at] & 0xC0) != 0x80;
  }

  private static boolean hasValue(int unit) {
    return (unit >>> 8 & 1) == 1;
  }

  /** A value has its highest bit set and so is never taken for the label of a byte. */
  private static int label(int unit) {
    return unit & (Integer.MIN_VALUE | 0xFF);
  }

  private static int offset(int unit) {
    return unit >>> 10 << ((unit & 1 << 9) >>> 6);
  }
}
