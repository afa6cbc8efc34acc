package ai.kale.kg.graph;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The parts of ids up to the last slash or hash, kept once. Number 0 is the empty one; when the
 * table is full, ids with a new namespace are kept whole.
 */
final class Namespaces {
  private static final int MOST = 1 << 16;
  private static final int SHORTEST = 4;

  private final List<byte[]> prefixes = new ArrayList<>(List.of(new byte[0]));
  private final Map<ByteBuffer, Integer> numbers = new HashMap<>();

  /** Where the local part of an id starts. */
  static int localStart(byte[] id, int from, int to) {
    for (int i = to - 1; i >= from; i--) {
      if (id[i] == '/' || id[i] == '#') {
        return i + 1 - from < SHORTEST ? from : i + 1;
      }
    }
    return from;
  }

  /** The number of a namespace that may be new. */
  int add(byte[] id, int from, int to) {
    int known = find(id, from, to);
    if (known != 0 || from == to || prefixes.size() == MOST) {
      return known;
    }
    byte[] prefix = Arrays.copyOfRange(id, from, to);
    prefixes.add(prefix);
    numbers.put(ByteBuffer.wrap(prefix), prefixes.size() - 1);
    return prefixes.size() - 1;
  }

  /** The number of a namespace; 0 if there is none. */
  int find(byte[] id, int from, int to) {
    return from == to ? 0 : numbers.getOrDefault(ByteBuffer.wrap(id, from, to - from), 0);
  }

  /** Whether a number stands for these bytes. */
  boolean is(int number, byte[] id, int from, int to) {
    byte[] prefix = prefixes.get(number);
    return Arrays.equals(prefix, 0, prefix.length, id, from, to);
  }

  byte[] get(int number) {
    return prefixes.get(number);
  }

  int size() {
    return prefixes.size();
  }
}
