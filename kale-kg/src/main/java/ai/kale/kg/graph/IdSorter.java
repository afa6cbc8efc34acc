package ai.kale.kg.graph;

import java.util.Arrays;

/**
 * Sorts ids as {@link String#compareTo} does, without making strings: as many of the next
 * characters as fit one number beside the id's own, and again within every run of equal ones. What
 * all ids of a run begin with is skipped. O(bytes that tell the ids apart), and n log n compared
 * numbers; large runs are shared among all processors, which makes no difference to the result.
 *
 * <p>A character is a byte of UTF-8 as its place among the bytes that occur at all, from 1; 0 is
 * the end. UTF-8 bytes sort as code points, Java's strings as UTF-16 units; they differ only where
 * surrogates (lead bytes F0 to F4) meet U+E000 to U+FFFF (EE and EF), so those two lead bytes come
 * last.
 */
final class IdSorter {
  /** Runs with fewer ids are not worth another thread. */
  private static final int SHARED = 1 << 14;

  private final int[] positions;
  private final HeapText text;
  private final Namespaces namespaces;

  /** The next characters of each id, and below them its number. */
  private final long[] keys;

  private final int idBits;
  private final int[] codes = new int[256];
  private final int codeBits;
  private final int width;

  /**
   * Takes different ids.
   *
   * @param positions of their texts, more than {@code size} perhaps
   */
  IdSorter(int[] positions, int size, HeapText text, Namespaces namespaces) {
    this.positions = positions;
    this.text = text;
    this.namespaces = namespaces;
    keys = new long[size];
    Arrays.setAll(keys, i -> i);
    idBits = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(1, size - 1));
    codeBits = Integer.SIZE - Integer.numberOfLeadingZeros(number(occurring()));
    width = (Long.SIZE - 1 - idBits) / codeBits;
  }

  /** The numbers of the ids, sorted by id. */
  int[] sorted() {
    sort(0, keys.length, 0);
    int[] order = new int[keys.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = id(i);
    }
    return order;
  }

  private int id(int index) {
    return (int) (keys[index] & ((1L << idBits) - 1));
  }

  /** The bytes that occur in ids. */
  private boolean[] occurring() {
    boolean[] all = new boolean[256];
    for (int i = 0; i < namespaces.size(); i++) {
      for (byte b : namespaces.get(i)) {
        all[b & 0xff] = true;
      }
    }
    Slices.of(0, keys.length, SHARED)
        .forEach(
            (from, to) -> {
              boolean[] own = new boolean[256];
              for (int i = from; i < to; i++) {
                text.mark(positions[i], own);
              }
              synchronized (all) {
                for (int b = 0; b < own.length; b++) {
                  all[b] |= own[b];
                }
              }
            });
    return all;
  }

  /** Numbers the bytes that occur, in the order of strings; the highest number. */
  private int number(boolean[] occurring) {
    int last = 0;
    for (int i = 0; i < codes.length; i++) {
      int b = i < 0xEE ? i : i < 0xFE ? i + 2 : i - 0x10;
      if (occurring[b]) {
        codes[b] = ++last;
      }
    }
    return Math.max(1, last);
  }

  private void sort(int from, int to, int firstDepth) {
    if (to - from < 2) {
      return;
    }
    int depth = firstDepth + common(from, to, firstDepth);
    Slices.of(from, to, SHARED)
        .forEach(
            (low, high) -> {
              for (int i = low; i < high; i++) {
                int id = id(i);
                keys[i] = characters(id, depth) << idBits | id;
              }
            });
    Arrays.parallelSort(keys, from, to);
    Slices.of(from, to, SHARED)
        .movedUpTo(i -> !sameRun(i - 1, i))
        .forEach((low, high) -> runs(low, high, depth + width));
  }

  private boolean sameRun(int i, int j) {
    return keys[i] >>> idBits == keys[j] >>> idBits;
  }

  private void runs(int from, int to, int depth) {
    int start = from;
    for (int i = from + 1; i <= to; i++) {
      if (i == to || !sameRun(start, i)) {
        sort(start, i, depth);
        start = i;
      }
    }
  }

  /** How many bytes are the same in all ids of a run, from some depth on. */
  private int common(int from, int to, int depth) {
    int position = positions[id(from)];
    byte[] first = text.bytes(position, namespaces.get(text.tag(position)));
    int end = first.length;
    for (int i = from + 1; i < to && end > depth; i++) {
      end = same(first, depth, end, id(i));
    }
    return end - depth;
  }

  /** Where an id differs from another one, or the end. */
  private int same(byte[] other, int from, int end, int id) {
    int position = positions[id];
    byte[] prefix = namespaces.get(text.tag(position));
    int middle = Math.max(from, Math.min(end, prefix.length));
    int differs = from < middle ? Arrays.mismatch(other, from, middle, prefix, from, middle) : -1;
    if (differs >= 0 || middle == end) {
      return differs >= 0 ? from + differs : end;
    }
    return middle + text.common(position, middle - prefix.length, other, middle, end);
  }

  /** The characters of an id from some depth on as one number that compares as they do. */
  private long characters(int id, int depth) {
    int position = positions[id];
    byte[] prefix = namespaces.get(text.tag(position));
    long start = text.start(position);
    long end = start + text.length(position);
    long all = 0;
    for (int i = depth; i < depth + width; i++) {
      long at = start + i - prefix.length;
      int next = i < prefix.length ? codes[prefix[i] & 0xff] : 0;
      if (i >= prefix.length && at < end) {
        next = codes[text.at(at) & 0xff];
      }
      all = all << codeBits | next;
    }
    return all;
  }
}
