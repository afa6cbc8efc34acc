package ai.kale.kg.graph;

import java.util.Arrays;

/**
 * Numbers ids in the order of their first appearance, and in the order of ids when it is frozen.
 * Whole batches are looked up together: first all table slots are read, then all positions, then
 * all texts, so that the processor waits for many cache misses at once instead of one after the
 * other. A slot holds the id's hash beside its number, so that a text is read only where it is
 * almost surely the right one.
 */
final class IdDictionaryBuilder {
  private static final int MOST_SLOTS = 1 << 30;

  /** Fewer slots are not worth another thread. */
  private static final int SLICE = 1 << 16;

  /** Texts that are copied together, so that the processor waits for many cache misses at once. */
  private static final int BATCH = 1 << 9;

  private final Namespaces namespaces = new Namespaces();
  private HeapText text = new HeapText();

  /** Hash in the upper half, number + 1 in the lower; 0 where free. */
  private long[] slots = new long[32];

  private int[] positions = new int[16];
  private int size;
  private int lastNamespace;

  // The keys of the batch at hand.
  private int[] starts = new int[0];
  private int[] tags = new int[0];
  private int[] hashes = new int[0];
  private int[] candidates = new int[0];
  private byte[] firsts = new byte[0];

  /** The number of an id; new ids get the next one. */
  int add(byte[] id) {
    int local = Namespaces.localStart(id, 0, id.length);
    int namespace = namespace(id, 0, local);
    int start = namespace == 0 ? 0 : local;
    return add(namespace, id, start, id.length, IdKeys.hash(namespace, id, start, id.length));
  }

  /** The number of an id, or -1. */
  int find(byte[] id) {
    int local = Namespaces.localStart(id, 0, id.length);
    int namespace = namespaces.find(id, 0, local);
    int start = namespace == 0 ? 0 : local;
    int hash = IdKeys.hash(namespace, id, start, id.length);
    return (int) slots[slotOf(namespace, id, start, id.length, hash)] - 1;
  }

  /**
   * Numbers some fields of a batch.
   *
   * @param bytes the fields' bytes, one after the other
   * @param ends where each field ends
   * @param fields which fields, in the order in which new ids are numbered
   * @param count how many fields
   * @param numbers gets the number of each
   */
  void addAll(byte[] bytes, int[] ends, int[] fields, int count, int[] numbers) {
    reserve(count);
    for (int i = 0; i < count; i++) {
      int from = fields[i] == 0 ? 0 : ends[fields[i] - 1];
      int to = ends[fields[i]];
      int local = Namespaces.localStart(bytes, from, to);
      int namespace = namespace(bytes, from, local);
      int start = namespace == 0 ? from : local;
      starts[i] = start;
      tags[i] = namespace;
      hashes[i] = IdKeys.hash(namespace, bytes, start, to);
    }
    prefetch(count, numbers);
    for (int i = 0; i < count; i++) {
      int to = ends[fields[i]];
      boolean hit =
          candidates[i] > 0
              && firsts[i] == TextStore.firstByte(tags[i])
              && text.matches(numbers[i], tags[i], bytes, starts[i], to);
      numbers[i] = hit ? candidates[i] - 1 : add(tags[i], bytes, starts[i], to, hashes[i]);
    }
  }

  private void reserve(int count) {
    if (starts.length < count) {
      starts = new int[count];
      tags = new int[count];
      hashes = new int[count];
      candidates = new int[count];
      firsts = new byte[count];
    }
  }

  /** Finds for each key the id with its hash, and brings that id's text near. */
  private void prefetch(int count, int[] found) {
    int mask = slots.length - 1;
    for (int i = 0; i < count; i++) {
      candidates[i] = (int) slots[hashes[i] & mask];
    }
    for (int i = 0; i < count; i++) {
      int slot = hashes[i] & mask;
      while (slots[slot] != 0 && (int) (slots[slot] >>> 32) != hashes[i]) {
        slot = (slot + 1) & mask;
      }
      candidates[i] = (int) slots[slot];
    }
    for (int i = 0; i < count; i++) {
      found[i] = candidates[i] == 0 ? 0 : positions[candidates[i] - 1];
    }
    for (int i = 0; i < count; i++) {
      firsts[i] = candidates[i] == 0 ? 0 : text.at(found[i] & 0xffffffffL);
    }
  }

  private int namespace(byte[] bytes, int from, int local) {
    if (!namespaces.is(lastNamespace, bytes, from, local)) {
      lastNamespace = namespaces.add(bytes, from, local);
    }
    return lastNamespace;
  }

  private int add(int namespace, byte[] bytes, int from, int to, int hash) {
    int slot = slotOf(namespace, bytes, from, to, hash);
    if (slots[slot] != 0) {
      return (int) slots[slot] - 1;
    }
    if (size == positions.length) {
      positions = Arrays.copyOf(positions, size + (size >> 1));
    }
    positions[size++] = text.add(namespace, bytes, from, to);
    slots[slot] = (long) hash << 32 | size;
    if (size * 3L > slots.length * 2L) {
      rehash();
    }
    return size - 1;
  }

  private int slotOf(int namespace, byte[] bytes, int from, int to, int hash) {
    int mask = slots.length - 1;
    int slot = hash & mask;
    while (slots[slot] != 0
        && !((int) (slots[slot] >>> 32) == hash
            && text.matches(positions[(int) slots[slot] - 1], namespace, bytes, from, to))) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void rehash() {
    if (slots.length >= MOST_SLOTS) {
      throw new IllegalStateException("more than " + size + " different ids in one graph");
    }
    long[] old = slots;
    slots = new long[old.length * 2];
    int mask = slots.length - 1;
    for (long entry : old) {
      if (entry != 0) {
        int slot = (int) (entry >>> 32) & mask;
        while (slots[slot] != 0) {
          slot = (slot + 1) & mask;
        }
        slots[slot] = entry;
      }
    }
  }

  int size() {
    return size;
  }

  byte[] bytes(int number) {
    int position = positions[number];
    return text.bytes(position, namespaces.get(text.tag(position)));
  }

  /**
   * What freezing gives.
   *
   * @param ids numbered in their order as strings
   * @param numbers for each number so far the one in {@code ids}
   */
  record Frozen(IdDictionary ids, int[] numbers) {}

  /** Freezes what there is, in the order of ids; nothing may be added any more. */
  Frozen freeze() {
    int[] order = new IdSorter(positions, size, text, namespaces).sorted();
    int[] numbers = new int[size];
    for (int i = 0; i < size; i++) {
      numbers[order[i]] = i;
    }
    IntColumn frozenSlots = frozenSlots(numbers);
    HeapText sorted = sortText(order);
    return new Frozen(
        new IdDictionary(frozenSlots, IntColumn.of(order), sorted, namespaces), numbers);
  }

  private IntColumn frozenSlots(int[] numbers) {
    long[] old = slots;
    int[] frozen = new int[old.length];
    Slices.of(0, frozen.length, SLICE)
        .forEach(
            (low, high) -> {
              for (int i = low; i < high; i++) {
                int number = (int) old[i];
                frozen[i] = number == 0 ? 0 : numbers[number - 1] + 1;
              }
            });
    slots = new long[0];
    return IntColumn.of(frozen);
  }

  /** Copies the texts in an order, and puts their positions in its place. */
  private HeapText sortText(int[] order) {
    HeapText old = text;
    HeapText sorted = new HeapText();
    int[] from = new int[BATCH];
    int[] lengths = new int[BATCH];
    for (int start = 0; start < order.length; start += BATCH) {
      int count = Math.min(BATCH, order.length - start);
      for (int i = 0; i < count; i++) {
        from[i] = positions[order[start + i]];
      }
      for (int i = 0; i < count; i++) {
        lengths[i] = old.length(from[i]);
      }
      for (int i = 0; i < count; i++) {
        order[start + i] = sorted.add(old, from[i], lengths[i]);
      }
    }
    sorted.trim();
    text = sorted;
    positions = order;
    return sorted;
  }
}
