package ai.kale.kg.link;

import ai.kale.error.UnsupportedCapabilityException;
import java.util.Arrays;
import org.apache.lucene.store.DataOutput;

/** Takes the automaton as it is written: one array, which is read back to front. */
final class AutomatonBytes extends DataOutput {
  private static final int LARGEST = Integer.MAX_VALUE - 16;

  private byte[] bytes = new byte[1 << 10];
  private int length;

  @Override
  public void writeByte(byte b) {
    reserve(1);
    bytes[length++] = b;
  }

  @Override
  public void writeBytes(byte[] from, int offset, int count) {
    reserve(count);
    System.arraycopy(from, offset, bytes, length, count);
    length += count;
  }

  private void reserve(int count) {
    if (count > LARGEST - length) {
      throw new UnsupportedCapabilityException(
          "the names of this graph need a dictionary of more than 2 GiB, some hundred millions of"
              + " names: link over a part of the graph, see SubGraph");
    }
    if (length + count > bytes.length) {
      long larger = bytes.length + (long) (bytes.length >> 1);
      bytes = Arrays.copyOf(bytes, (int) Math.min(LARGEST, Math.max(larger, length + count)));
    }
  }

  byte[] toArray() {
    return Arrays.copyOf(bytes, length);
  }
}
