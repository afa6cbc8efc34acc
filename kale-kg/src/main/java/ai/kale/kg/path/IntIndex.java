package ai.kale.kg.path;

import java.util.Arrays;

/** A set of handles that numbers them in the order they were added. Open addressing. */
final class IntIndex {
  private int[] slots;
  private int[] keys;
  private int size;

  IntIndex(int expected) {
    int capacity = Integer.highestOneBit(Math.max(8, expected) * 2 - 1) * 2;
    slots = new int[capacity];
    keys = new int[Math.max(8, expected)];
  }

  static IntIndex of(int[] keys) {
    IntIndex index = new IntIndex(keys.length);
    for (int key : keys) {
      index.add(key);
    }
    return index;
  }

  /** Adds a key if it is new. */
  void add(int key) {
    int mask = slots.length - 1;
    int slot = spread(key) & mask;
    while (slots[slot] != 0) {
      if (keys[slots[slot] - 1] == key) {
        return;
      }
      slot = (slot + 1) & mask;
    }
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, 2 * size);
    }
    keys[size++] = key;
    slots[slot] = size;
    if (size * 2 > slots.length) {
      rehash();
    }
  }

  /** The number of a key, or -1. */
  int find(int key) {
    int mask = slots.length - 1;
    int slot = spread(key) & mask;
    while (slots[slot] != 0) {
      int number = slots[slot] - 1;
      if (keys[number] == key) {
        return number;
      }
      slot = (slot + 1) & mask;
    }
    return -1;
  }

  int size() {
    return size;
  }

  int key(int number) {
    return keys[number];
  }

  int[] toArray() {
    return Arrays.copyOf(keys, size);
  }

  private void rehash() {
    slots = new int[slots.length * 2];
    int mask = slots.length - 1;
    for (int i = 0; i < size; i++) {
      int slot = spread(keys[i]) & mask;
      while (slots[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = i + 1;
    }
  }

  private static int spread(int key) {
    int h = key * 0x9E3779B9;
    return h ^ (h >>> 16);
  }
}
