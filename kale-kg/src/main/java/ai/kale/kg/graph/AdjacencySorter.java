package ai.kale.kg.graph;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Makes {@link AdjacencyArrays} of unsorted triples. */
final class AdjacencySorter {
  private final int[] off;
  private int[] nbr;
  private int[] lab;
  private float @Nullable [] weight;
  private int kept;

  private AdjacencySorter(int entities) {
    off = new int[entities + 1];
    nbr = new int[0];
    lab = new int[0];
  }

  /** Sorts the first {@code count} triples; of equal triples the highest weight is kept. */
  static AdjacencyArrays sort(
      int entities,
      int relations,
      int[] heads,
      int[] rels,
      int[] tails,
      float @Nullable [] weights,
      int count) {
    AdjacencySorter sorter = new AdjacencySorter(entities);
    sorter.scatter(heads, rels, tails, weights, count);
    sorter.transpose();
    sorter.dropDuplicates();
    int duplicates = count - sorter.kept / 2;
    return new AdjacencyArrays(
        sorter.off,
        Arrays.copyOf(sorter.nbr, sorter.kept),
        PackedLabels.of(sorter.lab, sorter.kept, relations),
        sorter.weight == null ? null : Arrays.copyOf(sorter.weight, sorter.kept),
        duplicates);
  }

  private void scatter(int[] heads, int[] rels, int[] tails, float @Nullable [] weights, int m) {
    for (int i = 0; i < m; i++) {
      off[heads[i] + 1]++;
      off[tails[i] + 1]++;
    }
    for (int v = 1; v < off.length; v++) {
      off[v] += off[v - 1];
    }
    nbr = new int[2 * m];
    lab = new int[2 * m];
    float[] w = weights == null ? null : new float[2 * m];
    int[] next = off.clone();
    for (int i = 0; i < m; i++) {
      int a = next[heads[i]]++;
      nbr[a] = tails[i];
      lab[a] = rels[i] * 2;
      int b = next[tails[i]]++;
      nbr[b] = heads[i];
      lab[b] = rels[i] * 2 + 1;
      if (w != null && weights != null) {
        w[a] = weights[i];
        w[b] = weights[i];
      }
    }
    weight = w;
  }

  private void transpose() {
    int[] nbr2 = new int[nbr.length];
    int[] lab2 = new int[lab.length];
    float[] w = weight;
    float[] w2 = w == null ? null : new float[w.length];
    int[] next = off.clone();
    for (int v = 0; v + 1 < off.length; v++) {
      for (int a = off[v]; a < off[v + 1]; a++) {
        int b = next[nbr[a]]++;
        nbr2[b] = v;
        lab2[b] = lab[a] ^ 1;
        if (w != null && w2 != null) {
          w2[b] = w[a];
        }
      }
    }
    nbr = nbr2;
    lab = lab2;
    weight = w2;
  }

  /** Sorts each run of parallel arcs by label and keeps one arc of each label. */
  private void dropDuplicates() {
    long[] run = new long[16];
    int from = 0;
    for (int v = 0; v + 1 < off.length; v++) {
      int end = off[v + 1];
      int a = from;
      off[v] = kept;
      while (a < end) {
        int b = a + 1;
        while (b < end && nbr[b] == nbr[a]) {
          b++;
        }
        if (run.length < b - a) {
          run = new long[Math.max(b - a, 2 * run.length)];
        }
        emit(run, a, b);
        a = b;
      }
      from = end;
    }
    off[off.length - 1] = kept;
  }

  private void emit(long[] run, int from, int to) {
    float[] w = weight;
    int neighbour = nbr[from];
    for (int i = from; i < to; i++) {
      int bits = w == null ? 0 : Float.floatToIntBits(w[i]);
      run[i - from] = ((long) lab[i] << 32) | bits;
    }
    Arrays.sort(run, 0, to - from);
    for (int i = 0; i < to - from; i++) {
      boolean last = i + 1 == to - from || (run[i] >>> 32) != (run[i + 1] >>> 32);
      if (last) {
        nbr[kept] = neighbour;
        lab[kept] = (int) (run[i] >>> 32);
        if (w != null) {
          w[kept] = Float.intBitsToFloat((int) run[i]);
        }
        kept++;
      }
    }
  }
}
