package ai.kale.kg.graph;

import ai.kale.error.CorruptFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Many short texts in UTF-8, each with a small tag, found by position. A record is the tag and the
 * length as variable-length numbers and then the bytes; none crosses a segment of 1 MiB.
 */
abstract class TextStore {
  static final int SEGMENT_BITS = 20;
  static final int SEGMENT = 1 << SEGMENT_BITS;

  /** Length in bytes, gaps at the ends of segments included. */
  abstract long byteLength();

  abstract byte at(long position);

  abstract void copy(long position, byte[] target, int from, int length);

  abstract void writeTo(SectionWriter out) throws IOException;

  /** The first byte of every record with a tag. */
  static byte firstByte(int tag) {
    return (byte) (tag > 0x7f ? tag | 0x80 : tag);
  }

  /** The tag of a record. */
  final int tag(int position) {
    return (int) varint(position & 0xffffffffL);
  }

  /** The length of a record's text in bytes. */
  final int length(int position) {
    return (int) varint(varint(position & 0xffffffffL) >>> 32);
  }

  /** Where a record's text starts. */
  final long start(int position) {
    return varint(varint(position & 0xffffffffL) >>> 32) >>> 32;
  }

  /** The bytes of a record's text. */
  final byte[] bytes(int position) {
    return bytes(position, new byte[0]);
  }

  /** The bytes of a prefix and a record's text. */
  final byte[] bytes(int position, byte[] prefix) {
    long tag = varint(position & 0xffffffffL);
    long length = varint(tag >>> 32);
    int size = (int) length;
    if (size < 0 || size > SEGMENT) {
      throw new CorruptFileException(
          "a text of " + size + " bytes in a graph file, which is not valid; write it again");
    }
    byte[] all = Arrays.copyOf(prefix, prefix.length + size);
    copy(length >>> 32, all, prefix.length, size);
    return all;
  }

  final String text(int position) {
    return new String(bytes(position), StandardCharsets.UTF_8);
  }

  /** Whether a record has this tag and these bytes. */
  boolean matches(int position, int tag, byte[] key, int from, int to) {
    long head = varint(position & 0xffffffffL);
    if ((int) head != tag) {
      return false;
    }
    long length = varint(head >>> 32);
    if ((int) length != to - from) {
      return false;
    }
    long at = length >>> 32;
    for (int i = from; i < to; i++) {
      if (at(at++) != key[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * Reads a variable-length number: seven bits a byte, the lowest first. The value is in the low
   * half of the result, the position after it in the high half.
   */
  private long varint(long position) {
    int value = 0;
    int shift = 0;
    byte b;
    do {
      b = at(position++);
      value |= (b & 0x7f) << shift;
      shift += 7;
    } while (b < 0 && shift < 35);
    return (position << 32) | (value & 0xffffffffL);
  }
}
