package ai.kale.kg.graph;

import java.util.Arrays;

/** A growing list of ints in chunks, so that growing copies at most one chunk. */
final class IntList {
  private static final int BITS = 18;
  private static final int CHUNK = 1 << BITS;

  private int[][] chunks = {new int[64]};
  private int size;

  void add(int value) {
    int chunk = size >>> BITS;
    int at = size & (CHUNK - 1);
    if (chunk == chunks.length || at == chunks[chunk].length) {
      grow(chunk);
    }
    chunks[chunk][at] = value;
    size++;
  }

  private void grow(int chunk) {
    if (chunk < chunks.length) {
      chunks[chunk] = Arrays.copyOf(chunks[chunk], 2 * chunks[chunk].length);
    } else {
      chunks = Arrays.copyOf(chunks, chunk + 1);
      chunks[chunk] = new int[CHUNK];
    }
  }

  int get(int index) {
    return chunks[index >>> BITS][index & (CHUNK - 1)];
  }

  int size() {
    return size;
  }

  /** Replaces each number by what a table says of it; on all processors where there are many. */
  void replaceAll(int[] table) {
    Slices.of(0, chunks.length, 1)
        .forEach(
            (low, high) -> {
              for (int chunk = low; chunk < high; chunk++) {
                int[] values = chunks[chunk];
                int count = Math.min(values.length, size - (chunk << BITS));
                for (int i = 0; i < count; i++) {
                  values[i] = table[values[i]];
                }
              }
            });
  }
}
