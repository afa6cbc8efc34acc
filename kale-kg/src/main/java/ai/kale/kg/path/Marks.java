package ai.kale.kg.path;

import java.util.Arrays;

/**
 * A set of entities: one bit for each of the graph, so that a look costs little memory traffic, and
 * a list of the members, so that clearing costs what filling did.
 */
final class Marks {
  private static final int[] NONE = new int[0];

  /** More members than this are not kept room for. */
  private static final int MOST_KEPT = 1 << 20;

  private long[] bits = new long[0];
  private int[] members = NONE;
  private int size;
  private boolean sorted;

  /** Makes room for the entities of a graph. */
  void reserve(int entities) {
    int words = (entities >>> 6) + 1;
    if (bits.length < words) {
      bits = new long[words];
    }
  }

  boolean has(int entity) {
    return (bits[entity >>> 6] >>> entity & 1) != 0;
  }

  /** Adds a new member. */
  void add(int entity) {
    bits[entity >>> 6] |= 1L << entity;
    if (size == members.length) {
      members = Arrays.copyOf(members, Math.max(1 << 6, 2 * size));
    }
    members[size++] = entity;
    sorted = false;
  }

  /** Adds a member that is not listed, by whoever takes it away again with {@link #unlist}. */
  void addUnlisted(int entity) {
    bits[entity >>> 6] |= 1L << entity;
  }

  /** Takes away a member that is not listed, and its neighbours, so all must be taken away. */
  void unlist(int entity) {
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
    if (members.length > MOST_KEPT) {
      members = NONE;
    }
  }
}
