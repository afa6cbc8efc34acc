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
      byte[] id = ids.bytes(order[i]);
      words[i] = word(id, depth);
      any |= id.length > depth;
    }
    return any;
  }

  /** Ids that differ in trailing zero bytes only. */
  private void byLength(int from, int to) {
    for (int i = from + 1; i < to; i++) {
      for (int j = i; j > from && length(j) < length(j - 1); j--) {
        swap(j, j - 1);
      }
    }
  }

  private int length(int i) {
    return ids.bytes(order[i]).length;
  }

  /** Eight bytes as a signed long that compares as they do; missing bytes are zero. */
  private static long word(byte[] id, int depth) {
    long word = 0;
    for (int i = depth; i < depth + WORD; i++) {
      int unit = i < id.length ? id[i] & 0xff : 0;
      word = word << 8 | (unit == 0xEE || unit == 0xEF ? unit + 0x10 : unit);
    }
    return word ^ Long.MIN_VALUE;
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
