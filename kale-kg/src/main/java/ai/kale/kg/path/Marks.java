package ai.kale.kg.path;

import java.util.Arrays;

/**
 * A set of entities, each with a number: one bit an entity, looked at first, so that what is not in
 * the set costs one look into {@code entities / 8} bytes, and a number looked at for members only.
 * Clearing costs as much as filling did. Memory: 4.1 bytes an entity of the graph.
 */
final class Marks {
  private long[] bits = new long[0];
  private int[] numbers = new int[0];
  private int[] members = new int[1 << 8];
  private int size;
  private boolean sorted;

  /** Makes room for the entities of a graph. */
  void reserve(int entities) {
    int words = (entities >>> 6) + 1;
    if (bits.length < words) {
      bits = new long[words];
      numbers = new int[entities];
    }
  }

  boolean has(int entity) {
    return (bits[entity >>> 6] >>> entity & 1) != 0;
  }

  /** The number of a member. */
  int number(int entity) {
    return numbers[entity];
  }

  /** Adds a new member. */
  void add(int entity, int number) {
    bits[entity >>> 6] |= 1L << entity;
    numbers[entity] = number;
    if (size == members.length) {
      members = Arrays.copyOf(members, 2 * size);
    }
    members[size++] = entity;
    sorted = false;
  }

  /** Adds a member without a number; for those who take it away again by {@link #remove}. */
  void addUnnumbered(int entity) {
    bits[entity >>> 6] |= 1L << entity;
  }

  /** Takes away all members near an entity; when all members go, none is left. */
  void remove(int entity) {
    bits[entity >>> 6] = 0;
  }

  int size() {
    return size;
  }

  /** A member, by its place from 0; in no order. */
  int member(int place) {
    return members[place];
  }

  /**
   * The members in rising order; only the first {@link #size} count, and only until the next add.
   */
  int[] sorted() {
    if (!sorted) {
      Arrays.sort(members, 0, size);
      sorted = true;
    }
    return members;
  }

  void clear() {
    for (int i = 0; i < size; i++) {
      bits[members[i] >>> 6] = 0;
    }
    size = 0;
    if (members.length > 1 << 20) {
      members = new int[1 << 8];
    }
  }
}
