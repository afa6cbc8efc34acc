package ai.kale.kg.graph;

import java.io.IOException;
import java.util.Arrays;

/** Texts on the heap; grows while a graph is built. */
final class HeapText extends TextStore {
  private static final int HEADER = 10;
  private static final long MOST = 1L << 32;

  private byte[][] segments = {new byte[256]};
  private int last;
  private int used;

  HeapText() {}

  /** An empty store whose first record comes after some segments that do not exist. */
  HeapText(int missing) {
    segments = new byte[missing + 1][];
    segments[missing] = new byte[256];
    last = missing;
  }

  /** A copy of texts that lie elsewhere. */
  static HeapText copyOf(TextStore other) {
    HeapText copy = new HeapText();
    long length = other.byteLength();
    copy.last = (int) (length >>> SEGMENT_BITS);
    copy.used = (int) length & (SEGMENT - 1);
    copy.segments = new byte[copy.last + 1][];
    for (int i = 0; i <= copy.last; i++) {
      copy.segments[i] = new byte[i < copy.last ? SEGMENT : copy.used];
      other.copy((long) i << SEGMENT_BITS, copy.segments[i], 0, copy.segments[i].length);
    }
    return copy;
  }

  /**
   * Adds a record.
   *
   * @return its position, unsigned
   * @throws IllegalArgumentException if the text is longer than a segment
   * @throws IllegalStateException if the store is full
   */
  int add(int tag, byte[] bytes, int from, int to) {
    int length = to - from;
    if (length > SEGMENT - HEADER) {
      throw new IllegalArgumentException(
          "a text of " + length + " bytes in UTF-8; ids and names have at most 1 MiB");
    }
    reserve(HEADER + length);
    long position = ((long) last << SEGMENT_BITS) + used;
    byte[] segment = segments[last];
    used = varint(segment, varint(segment, used, tag), length);
    System.arraycopy(bytes, from, segment, used, length);
    used += length;
    return (int) position;
  }

  private void reserve(int room) {
    if (used + room <= segments[last].length) {
      return;
    }
    if (used + room <= SEGMENT) {
      int size = Math.min(SEGMENT, Math.max(used + room, 2 * segments[last].length));
      segments[last] = Arrays.copyOf(segments[last], size);
      return;
    }
    if ((long) (last + 2) << SEGMENT_BITS > MOST) {
      throw new IllegalStateException("more than 4 GiB of ids or names in one graph");
    }
    segments[last] = Arrays.copyOf(segments[last], SEGMENT);
    last++;
    if (last == segments.length) {
      segments = Arrays.copyOf(segments, last + (last >> 1) + 1);
    }
    segments[last] = new byte[SEGMENT];
    used = 0;
  }

  private static int varint(byte[] target, int at, int value) {
    int rest = value;
    int position = at;
    while ((rest & ~0x7f) != 0) {
      target[position++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    target[position++] = (byte) rest;
    return position;
  }

  /**
   * Adds a record of another store, whose length was read before.
   *
   * @return its position here, unsigned
   */
  int add(HeapText other, int position, int length) {
    long start = other.start(position);
    int from = (int) start & (SEGMENT - 1);
    byte[] segment = other.segments[(int) (start >>> SEGMENT_BITS)];
    return add(other.tag(position), segment, from, from + length);
  }

  /** Says which bytes occur in a text. */
  void mark(int position, boolean[] occurring) {
    long start = start(position);
    byte[] segment = segments[(int) (start >>> SEGMENT_BITS)];
    int from = (int) start & (SEGMENT - 1);
    int to = from + length(position);
    for (int i = from; i < to; i++) {
      occurring[segment[i] & 0xff] = true;
    }
  }

  /** How many bytes of a text, from an index on, are the same as those of a key. */
  int common(int position, int index, byte[] key, int from, int to) {
    long start = start(position);
    byte[] segment = segments[(int) (start >>> SEGMENT_BITS)];
    int first = ((int) start & (SEGMENT - 1)) + index;
    int count = Math.min(to - from, length(position) - index);
    int differs = Arrays.mismatch(segment, first, first + count, key, from, from + count);
    return differs < 0 ? count : differs;
  }

  /** Gives back spare room. */
  void trim() {
    segments = Arrays.copyOf(segments, last + 1);
    segments[last] = Arrays.copyOf(segments[last], used);
  }

  @Override
  long byteLength() {
    return ((long) last << SEGMENT_BITS) + used;
  }

  @Override
  byte at(long position) {
    return segments[(int) (position >>> SEGMENT_BITS)][(int) position & (SEGMENT - 1)];
  }

  @Override
  void copy(long position, byte[] target, int from, int length) {
    byte[] segment = segments[(int) (position >>> SEGMENT_BITS)];
    System.arraycopy(segment, (int) position & (SEGMENT - 1), target, from, length);
  }

  @Override
  boolean matches(int position, int tag, byte[] key, int from, int to) {
    byte[] segment = segments[position >>> SEGMENT_BITS];
    int at = position & (SEGMENT - 1);
    int length = to - from;
    if (tag > 0x7f || length > 0x7f) {
      return super.matches(position, tag, key, from, to);
    }
    return segment[at] == tag
        && segment[at + 1] == length
        && Arrays.equals(segment, at + 2, at + 2 + length, key, from, to);
  }

  @Override
  void writeTo(SectionWriter out) throws IOException {
    for (int i = 0; i < last; i++) {
      out.putBytes(segments[i], SEGMENT);
    }
    out.putBytes(segments[last], used);
  }
}
