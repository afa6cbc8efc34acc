package ai.kale.kg.graph;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Ids to dense numbers in the order of ids and back, frozen: one open-addressed table of ints, one
 * position for each id and the ids' bytes, namespaces kept once. Made by {@link
 * IdDictionaryBuilder}. About 10 bytes an id besides the bytes of its local part.
 */
final class IdDictionary {
  final IntColumn slots;
  final IntColumn positions;
  final TextStore text;
  final Namespaces namespaces;

  IdDictionary(IntColumn slots, IntColumn positions, TextStore text, Namespaces namespaces) {
    this.slots = slots;
    this.positions = positions;
    this.text = text;
    this.namespaces = namespaces;
  }

  IdDictionary onHeap() {
    return new IdDictionary(slots.onHeap(), positions.onHeap(), HeapText.copyOf(text), namespaces);
  }

  /** The number of an id, or -1. */
  int find(String id) {
    byte[] bytes = IdKeys.encode(id);
    if (bytes == null || slots.size() == 0) {
      return -1;
    }
    int local = Namespaces.localStart(bytes, 0, bytes.length);
    int namespace = namespaces.find(bytes, 0, local);
    int from = namespace == 0 ? 0 : local;
    int mask = slots.size() - 1;
    int slot = IdKeys.hash(namespace, bytes, from, bytes.length) & mask;
    for (int probes = 0; probes <= mask; probes++) {
      int number = slots.get(slot) - 1;
      if (number < 0) {
        return -1;
      }
      if (text.matches(positions.get(number), namespace, bytes, from, bytes.length)) {
        return number;
      }
      slot = (slot + 1) & mask;
    }
    return -1;
  }

  String get(int number) {
    return new String(bytes(number), StandardCharsets.UTF_8);
  }

  /** The id in UTF-8. */
  byte[] bytes(int number) {
    int position = positions.get(Objects.checkIndex(number, size()));
    return text.bytes(position, namespaces.get(text.tag(position)));
  }

  int size() {
    return positions.size();
  }

  /** Bytes held, namespaces left out. */
  long byteLength() {
    return slots.byteLength() + positions.byteLength() + text.byteLength();
  }
}
