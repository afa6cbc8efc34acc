package ai.kale.kg.link;

import java.util.Arrays;
import org.apache.lucene.util.MSBRadixSorter;

/** Names as bytes with the entity of each, in a few arrays, to be sorted. */
final class NameKeys {
  private static final long MOST = Integer.MAX_VALUE - 16;

  private byte[] bytes = new byte[1 << 12];
  private int[] starts = new int[1 << 8];
  private int[] entities = new int[1 << 8];
  private int count;

  void add(byte[] from, int length, int entity) {
    int start = starts[count];
    int end = Math.addExact(start, length);
    if (end > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(MOST, Math.max(grown(bytes.length), end)));
    }
    if (count + 2 > starts.length) {
      starts = Arrays.copyOf(starts, (int) grown(starts.length));
      entities = Arrays.copyOf(entities, starts.length);
    }
    System.arraycopy(from, 0, bytes, start, length);
    entities[count++] = entity;
    starts[count] = end;
  }

  private static long grown(int length) {
    return length + (long) (length >> 1);
  }

  /** Bytes of all names. */
  int byteLength() {
    return starts[count];
  }

  void clear() {
    count = 0;
  }

  /** Gets names in order; those of one name one after the other. */
  interface Visitor {
    /**
     * A name.
     *
     * @param bytes holds the name
     * @param start where it begins
     * @param length its bytes
     * @param entities entities that have it, each once, in rising order
     */
    void name(byte[] bytes, int start, int length, int[] entities);
  }

  /** Passes all names on in rising order of their bytes, each once. */
  void forEachSorted(Visitor visitor) {
    int[] order = sorted();
    for (int from = 0; from < count; ) {
      int to = from + 1;
      while (to < count && same(order[from], order[to])) {
        to++;
      }
      int[] own = new int[to - from];
      for (int i = from; i < to; i++) {
        own[i - from] = entities[order[i]];
      }
      int start = starts[order[from]];
      visitor.name(
          bytes, start, length(order[from]), Arrays.stream(own).sorted().distinct().toArray());
      from = to;
    }
  }

  private int[] sorted() {
    int[] order = new int[count];
    Arrays.setAll(order, i -> i);
    new MSBRadixSorter(Integer.MAX_VALUE) {
      @Override
      protected int byteAt(int i, int k) {
        int key = order[i];
        return k < length(key) ? bytes[starts[key] + k] & 0xFF : -1;
      }

      @Override
      protected void swap(int i, int j) {
        int key = order[i];
        order[i] = order[j];
        order[j] = key;
      }
    }.sort(0, count);
    return order;
  }

  private int length(int key) {
    return starts[key + 1] - starts[key];
  }

  private boolean same(int one, int other) {
    return Arrays.equals(
        bytes, starts[one], starts[one + 1], bytes, starts[other], starts[other + 1]);
  }
}
