package ai.kale.kg.graph;

import java.util.Arrays;
import java.util.Objects;

/**
 * Up to {@value #CAPACITY} triples as bytes, for loaders that are too hot for strings: one thread
 * fills batches, another gives them to {@link CompactGraphBuilder#addAll}. Not safe for use by
 * several threads at once; {@link #clear} makes it good for another round.
 */
public final class TripleBatch {
  /** Most triples of one batch. */
  public static final int CAPACITY = 1024;

  private static final int MOST_BYTES = 1 << 24;

  byte[] bytes = new byte[1 << 15];
  final int[] ends = new int[3 * CAPACITY];
  final float[] weights = new float[CAPACITY];
  final long[] lines = new long[CAPACITY];
  final int[] graphs = new int[CAPACITY];
  private int size;

  /** Creates an empty batch. */
  public TripleBatch() {}

  /** Number of triples in it. */
  public int size() {
    return size;
  }

  /** Whether it should be passed on before another triple is added. */
  public boolean isFull() {
    return size == CAPACITY || (size > 0 && ends[3 * size - 1] >= MOST_BYTES);
  }

  /**
   * The line a triple came from.
   *
   * @param triple index of a triple in this batch
   * @return the 1-based line; 0 where unknown
   */
  public long line(int triple) {
    return lines[Objects.checkIndex(triple, size)];
  }

  /** Forgets all triples. */
  public void clear() {
    size = 0;
  }

  /**
   * Adds the next field of the triple at hand: subject, relation, object in turn.
   *
   * @param source valid UTF-8
   * @param from index of its first byte
   * @param to index after its last byte; an id is not empty
   * @param field 0 for the subject, 1 for the relation, 2 for the object
   * @throws IllegalArgumentException if the id is empty or longer than {@link
   *     CompactGraphBuilder#MAX_TEXT_BYTES}
   */
  public void field(byte[] source, int from, int to, int field) {
    if (from >= to || to - from > CompactGraphBuilder.MAX_TEXT_BYTES) {
      throw new IllegalArgumentException(
          "an id has 1 to " + CompactGraphBuilder.MAX_TEXT_BYTES + " bytes; got " + (to - from));
    }
    int index = 3 * size + field;
    int start = index == 0 ? 0 : ends[index - 1];
    int end = start + to - from;
    if (end > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(end, 2 * bytes.length));
    }
    System.arraycopy(source, from, bytes, start, to - from);
    ends[index] = end;
  }

  /**
   * Completes a triple whose three fields were given.
   *
   * @param weight its weight, finite and 0 or more; 1 where the graph has none
   * @param line 1-based line it came from; 0 where unknown
   */
  public void endTriple(float weight, long line) {
    endTriple(weight, line, 0);
  }

  void endTriple(float weight, long line, int graph) {
    weights[size] = weight;
    lines[size] = line;
    graphs[size] = graph;
    size++;
  }
}
