package ai.kale.kg.graph;

import java.util.Arrays;
import java.util.Objects;

/** Strings to dense numbers and back: one string array and one open-addressed int table. */
final class StringDictionary {
  private String[] texts = new String[16];
  private int[] slots = new int[32];
  private int size;

  /** The number of a text; new texts get the next one. */
  int add(String text) {
    int slot = slotOf(text);
    if (slots[slot] != 0) {
      return slots[slot] - 1;
    }
    if (size == texts.length) {
      texts = Arrays.copyOf(texts, size + (size >> 1));
    }
    texts[size++] = text;
    slots[slot] = size;
    if (size * 2L > slots.length) {
      rehash();
    }
    return size - 1;
  }

  /** The number of a text, or -1. */
  int find(String text) {
    return slots[slotOf(text)] - 1;
  }

  String get(int number) {
    return texts[Objects.checkIndex(number, size)];
  }

  int size() {
    return size;
  }

  /** Gives back spare room. */
  void trim() {
    texts = Arrays.copyOf(texts, size);
  }

  private int slotOf(String text) {
    int mask = slots.length - 1;
    int slot = spread(text.hashCode()) & mask;
    while (slots[slot] != 0 && !texts[slots[slot] - 1].equals(text)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void rehash() {
    if (slots.length >= 1 << 30) {
      throw new IllegalStateException("more than 2^29 different texts in one graph");
    }
    slots = new int[slots.length * 2];
    int mask = slots.length - 1;
    for (int i = 0; i < size; i++) {
      int slot = spread(texts[i].hashCode()) & mask;
      while (slots[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = i + 1;
    }
  }

  private static int spread(int hash) {
    int h = hash * 0x9E3779B9;
    return h ^ (h >>> 15);
  }
}
