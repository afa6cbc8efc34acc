package ai.kale.kg.graph;

import java.util.Arrays;

/**
 * Sorts the ids of a dictionary as {@link String#compareTo} does, without making strings: by the
 * next eight bytes of each, and again within every run of equal ones.
 *
 * <p>UTF-8 bytes sort as code points, Java's strings as UTF-16 units; they differ only where
 * surrogates (lead bytes F0 to F4) meet U+E000 to U+FFFF (EE and EF), so those two lead bytes are
 * moved to the end.
 */
final class IdSorter {
  private static final int WORD = Long.BYTES;
  private final IdDictionary ids;
  private final int[] order;
  private final long[] words;
  private final byte[] word = new byte[WORD];

  IdSorter(IdDictionary ids) {
    this.ids = ids;
    this.order = new int[ids.size()];
    this.words = new long[ids.size()];
    Arrays.setAll(order, i -> i);
  }

  int[] sorted() {
    sort(0, order.length, 0);
    return order;
  }

  private void sort(int from, int to, int firstDepth) {
    int depth = firstDepth;
    while (read(from, to, depth)) {
      quick(from, to);
      int start = from;
      for (int i = from + 1; i <= to; i++) {
        if (i == to || words[i] != words[start]) {
          if (i - start > 1 && i - start < to - from) {
            sort(start, i, depth + WORD);
          }
          start = i;
        }
      }
      if (to - from < 2 || words[from] != words[to - 1]) {
        return;
      }
      depth += WORD;
    }
    byLength(from, to);
  }

  /** Reads the words at a depth; false if all ids end before it. */
  private boolean read(int from, int to, int depth) {
    boolean any = false;
    for (int i = from; i < to; i++) {
      words[i] = word(order[i], depth);
      any |= ids.length(order[i]) > depth;
    }
    return any;
  }

  /** Ids that differ in trailing zero bytes only. */
  private void byLength(int from, int to) {
    long[] keys = new long[to - from];
    for (int i = from; i < to; i++) {
      keys[i - from] = (long) ids.length(order[i]) << 32 | order[i];
    }
    Arrays.sort(keys);
    for (int i = from; i < to; i++) {
      order[i] = (int) keys[i - from];
    }
  }

  /** Eight bytes as a signed long that compares as they do; missing bytes are zero. */
  private long word(int id, int depth) {
    ids.word(id, depth, word);
    long all = 0;
    for (byte b : word) {
      int unit = b & 0xff;
      all = all << 8 | (unit == 0xEE || unit == 0xEF ? unit + 0x10 : unit);
    }
    return all ^ Long.MIN_VALUE;
  }

  private void quick(int first, int last) {
    int from = first;
    int to = last;
    while (to - from > 1) {
      long pivot = median(words[from], words[(from + to) >>> 1], words[to - 1]);
      int less = from;
      int more = to;
      int i = from;
      while (i < more) {
        if (words[i] < pivot) {
          swap(less++, i++);
        } else if (words[i] > pivot) {
          swap(i, --more);
        } else {
          i++;
        }
      }
      if (less - from < to - more) {
        quick(from, less);
        from = more;
      } else {
        quick(more, to);
        to = less;
      }
    }
  }

  private static long median(long a, long b, long c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }

  private void swap(int i, int j) {
    long word = words[i];
    words[i] = words[j];
    words[j] = word;
    int id = order[i];
    order[i] = order[j];
    order[j] = id;
  }
}
