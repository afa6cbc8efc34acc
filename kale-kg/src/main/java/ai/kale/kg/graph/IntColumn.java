package ai.kale.kg.graph;

import java.io.IOException;

/** A frozen column of numbers, on the heap or in a mapped file. Safe for use by several threads. */
abstract class IntColumn {
  /** The number at an index. */
  abstract int get(int index);

  abstract int size();

  /** Bytes of one number: 4, or 2 where all numbers fit. */
  abstract int width();

  final long byteLength() {
    return (long) size() * width();
  }

  final void writeTo(SectionWriter out) throws IOException {
    int size = size();
    if (width() == Character.BYTES) {
      for (int i = 0; i < size; i++) {
        out.putChar((char) get(i));
      }
    } else {
      for (int i = 0; i < size; i++) {
        out.putInt(get(i));
      }
    }
  }

  /** The same numbers on the heap. */
  final IntColumn onHeap() {
    int size = size();
    if (width() == Character.BYTES) {
      char[] values = new char[size];
      for (int i = 0; i < size; i++) {
        values[i] = (char) get(i);
      }
      return of(values);
    }
    int[] values = new int[size];
    for (int i = 0; i < size; i++) {
      values[i] = get(i);
    }
    return of(values);
  }

  static IntColumn of(int[] values) {
    return new HeapInts(values);
  }

  static IntColumn of(char[] values) {
    return new HeapChars(values);
  }

  private static final class HeapInts extends IntColumn {
    private final int[] values;

    HeapInts(int[] values) {
      this.values = values;
    }

    @Override
    int get(int index) {
      return values[index];
    }

    @Override
    int size() {
      return values.length;
    }

    @Override
    int width() {
      return Integer.BYTES;
    }
  }

  private static final class HeapChars extends IntColumn {
    private final char[] values;

    HeapChars(char[] values) {
      this.values = values;
    }

    @Override
    int get(int index) {
      return values[index];
    }

    @Override
    int size() {
      return values.length;
    }

    @Override
    int width() {
      return Character.BYTES;
    }
  }
}
