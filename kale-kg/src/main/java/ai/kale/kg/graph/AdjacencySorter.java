package ai.kale.kg.graph;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@link AdjacencyArrays} of unsorted triples. An arc is one long, the neighbour in the upper
 * half and the label in the lower, so that scattering costs one cache miss for each arc.
 */
final class AdjacencySorter {
  /** Labels below this fit two bytes. */
  private static final int NARROW = 1 << 16;

  /** Rows with fewer bytes than this are not worth a thread of their own. */
  private static final long RANGE_BYTES = 16 << 20;

  private static final int MOST_THREADS = 8;

  private final TripleColumns triples;
  private final int ranges;
  private final int[] off;
  private long[] arcs = new long[0];

  /** For each arc the number of its triple, where weights or sources are kept. */
  private int @Nullable [] origins;

  private float @Nullable [] weights;
  private int kept;

  private AdjacencySorter(int entities, TripleColumns triples, int ranges) {
    this.ranges = ranges;
    this.off = new int[entities + 1];
    this.triples = triples;
  }

  /** What sorting gives. */
  record Sorted(AdjacencyArrays arcs, @Nullable TripleSources sources, int duplicates) {}

  /**
   * Sorts triples. Of equal triples the highest weight and the first source are kept.
   *
   * @param names of the graphs, by number
   */
  static Sorted sort(int entities, int relations, TripleColumns triples, ShortTexts names) {
    int threads = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
    long bytes = 2L * triples.size() * Long.BYTES;
    int ranges = (int) Math.max(1, Math.min(threads, bytes / RANGE_BYTES));
    return sort(entities, relations, triples, names, ranges);
  }

  /** Sorts in a number of ranges, which makes no difference to the result. */
  static Sorted sort(
      int entities, int relations, TripleColumns triples, ShortTexts names, int ranges) {
    AdjacencySorter sorter = new AdjacencySorter(entities, triples, ranges);
    sorter.scatter();
    sorter.transpose();
    sorter.dropDuplicates();
    TripleSources sources =
        triples.sourced ? TripleSources.of(sorter.off, sorter.forward(), triples, names) : null;
    return new Sorted(sorter.arrays(relations), sources, triples.size() - sorter.kept / 2);
  }

  private void scatter() {
    int m = triples.size();
    for (int i = 0; i < m; i++) {
      off[triples.subjects.get(i) + 1]++;
      off[triples.objects.get(i) + 1]++;
    }
    for (int v = 1; v < off.length; v++) {
      off[v] += off[v - 1];
    }
    long[] scattered = new long[2 * m];
    int[] from = triples.weighted || triples.sourced ? new int[2 * m] : null;
    int[] next = Arrays.copyOf(off, off.length);
    inRanges(
        (low, high) -> {
          for (int i = 0; i < m; i++) {
            int subject = triples.subjects.get(i);
            int object = triples.objects.get(i);
            if (subject >= low && subject < high) {
              int a = next[subject]++;
              scattered[a] = arc(object, triples.relations.get(i) * 2);
              if (from != null) {
                from[a] = i;
              }
            }
            if (object >= low && object < high) {
              int b = next[object]++;
              scattered[b] = arc(subject, triples.relations.get(i) * 2 + 1);
              if (from != null) {
                from[b] = i;
              }
            }
          }
        });
    arcs = scattered;
    origins = from;
  }

  private static long arc(int neighbour, int label) {
    return (long) neighbour << 32 | label;
  }

  private void transpose() {
    long[] rows = arcs;
    long[] turned = new long[rows.length];
    int[] from = origins;
    int[] turnedFrom = from == null ? null : new int[from.length];
    int[] next = Arrays.copyOf(off, off.length);
    inRanges(
        (low, high) -> {
          for (int v = 0; v + 1 < off.length; v++) {
            for (int a = off[v]; a < off[v + 1]; a++) {
              int neighbour = (int) (rows[a] >>> 32);
              if (neighbour >= low && neighbour < high) {
                int b = next[neighbour]++;
                turned[b] = arc(v, (int) rows[a] ^ 1);
                if (from != null && turnedFrom != null) {
                  turnedFrom[b] = from[a];
                }
              }
            }
          }
        });
    arcs = turned;
    origins = turnedFrom;
  }

  /** Writes the rows of entities from low to high, low included. */
  @FunctionalInterface
  private interface Range {
    void write(int low, int high);
  }

  /**
   * Runs a scatter for ranges of entities with about equally many arcs, one on each processor. Each
   * range reads everything and writes only its own rows, so that the result does not depend on the
   * threads.
   */
  private void inRanges(Range body) {
    int entities = off.length - 1;
    int[] starts = new int[ranges + 1];
    for (int i = 1; i < ranges; i++) {
      int at = Arrays.binarySearch(off, (int) ((long) off[entities] * i / ranges));
      starts[i] = Math.max(starts[i - 1], Math.min(entities, at < 0 ? -at - 1 : at));
    }
    starts[ranges] = entities;
    IntStream indices = IntStream.range(0, ranges);
    (ranges == 1 ? indices : indices.parallel()).forEach(i -> body.write(starts[i], starts[i + 1]));
  }

  /** Sorts each run of parallel arcs by label and keeps one arc of each label. */
  private void dropDuplicates() {
    weights = triples.weighted ? new float[arcs.length] : null;
    long[] run = new long[16];
    int from = 0;
    for (int v = 0; v + 1 < off.length; v++) {
      int end = off[v + 1];
      int a = from;
      off[v] = kept;
      while (a < end) {
        int b = a + 1;
        while (b < end && arcs[b] >>> 32 == arcs[a] >>> 32) {
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
    int[] all = origins;
    int count = to - from;
    long neighbour = arcs[from] & 0xffffffff00000000L;
    for (int i = 0; i < count; i++) {
      run[i] = arcs[from + i] << 32 | (all == null ? 0 : all[from + i]);
    }
    if (count > 1) {
      Arrays.sort(run, 0, count);
    }
    for (int i = 0; i < count; i++) {
      int label = (int) (run[i] >>> 32);
      boolean first = i == 0 || label != (int) (run[i - 1] >>> 32);
      if (first) {
        arcs[kept] = neighbour | label;
        if (all != null) {
          all[kept] = (int) run[i];
        }
        kept++;
      }
      weigh((int) run[i], first);
    }
  }

  private void weigh(int triple, boolean first) {
    float[] all = weights;
    if (all != null) {
      float weight = Float.intBitsToFloat(triples.weights.get(triple));
      all[kept - 1] = first ? weight : Math.max(all[kept - 1], weight);
    }
  }

  /** The triples of the arcs along the arrow, in the order of the arcs; -1 for the others. */
  private int[] forward() {
    int[] all = origins;
    int[] forward = new int[kept];
    for (int a = 0; a < kept; a++) {
      forward[a] = (arcs[a] & 1) != 0 || all == null ? -1 : all[a];
    }
    return forward;
  }

  private AdjacencyArrays arrays(int relations) {
    int[] neighbours = new int[kept];
    for (int a = 0; a < kept; a++) {
      neighbours[a] = (int) (arcs[a] >>> 32);
    }
    IntColumn labels = relations * 2L > NARROW ? wide() : narrow();
    float[] all = weights;
    IntColumn bits = null;
    if (all != null) {
      int[] ints = new int[kept];
      for (int a = 0; a < kept; a++) {
        ints[a] = Float.floatToIntBits(all[a]);
      }
      bits = IntColumn.of(ints);
    }
    return new AdjacencyArrays(IntColumn.of(off), IntColumn.of(neighbours), labels, bits);
  }

  private IntColumn narrow() {
    char[] labels = new char[kept];
    for (int a = 0; a < kept; a++) {
      labels[a] = (char) arcs[a];
    }
    return IntColumn.of(labels);
  }

  private IntColumn wide() {
    int[] labels = new int[kept];
    for (int a = 0; a < kept; a++) {
      labels[a] = (int) arcs[a];
    }
    return IntColumn.of(labels);
  }
}
