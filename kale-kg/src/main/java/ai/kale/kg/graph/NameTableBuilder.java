package ai.kale.kg.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Collects names in any order. They are sorted by owner, preference, text and language, so that the
 * order of the input does not matter.
 */
final class NameTableBuilder {
  private static final int[] NOTHING = {};

  private final IntList owners = new IntList();
  private final IntList preferences = new IntList();
  private final IntList positions = new IntList();
  private final HeapText text = new HeapText();
  private final ShortTexts languages;
  private long dropped;

  NameTableBuilder(ShortTexts languages) {
    this.languages = languages;
  }

  void add(int owner, int preference, int language, byte[] name) {
    owners.add(owner);
    preferences.add(preference);
    positions.add(text.add(language, name, 0, name.length));
  }

  /** Adds a name of another collection, as it is there. */
  void add(int owner, NameTableBuilder other, int index) {
    int position = other.positions.get(index);
    add(owner, other.preferences.get(index), other.text.tag(position), other.text.bytes(position));
  }

  int size() {
    return owners.size();
  }

  int owner(int index) {
    return owners.get(index);
  }

  /** Names that were left out: repeated, or of a fallback preference where a better one exists. */
  long dropped() {
    return dropped;
  }

  private record Entry(int preference, String name, String language, int position) {}

  private static final Comparator<Entry> ORDER =
      Comparator.comparingInt(Entry::preference)
          .thenComparing(Entry::name)
          .thenComparing(Entry::language);

  /**
   * Makes the table.
   *
   * @param numbers for each owner its number there
   */
  NameTable build(int[] numbers) {
    owners.replaceAll(numbers);
    return build(numbers.length);
  }

  private NameTable build(int ownerCount) {
    int[] offsets = new int[ownerCount + 1];
    int[] byOwner = byOwner(ownerCount);
    HeapText kept = new HeapText();
    int[] keptPositions = new int[owners.size()];
    int count = 0;
    int next = 0;
    for (int owner = 0; owner < ownerCount; owner++) {
      offsets[owner] = count;
      int from = next;
      while (next < byOwner.length && owners.get(byOwner[next]) == owner) {
        next++;
      }
      for (int position : sorted(byOwner, from, next)) {
        byte[] name = text.bytes(position);
        keptPositions[count++] = kept.add(text.tag(position), name, 0, name.length);
      }
    }
    offsets[ownerCount] = count;
    dropped = (long) owners.size() - count;
    kept.trim();
    return new NameTable(
        IntColumn.of(offsets), IntColumn.of(Arrays.copyOf(keptPositions, count)), kept, languages);
  }

  /** Indices in the order of their owners, by counting. */
  private int[] byOwner(int ownerCount) {
    int[] next = new int[ownerCount + 1];
    for (int i = 0; i < owners.size(); i++) {
      next[owners.get(i) + 1]++;
    }
    for (int owner = 0; owner < ownerCount; owner++) {
      next[owner + 1] += next[owner];
    }
    int[] order = new int[owners.size()];
    for (int i = 0; i < order.length; i++) {
      order[next[owners.get(i)]++] = i;
    }
    return order;
  }

  /** Positions of the names to keep of one owner, best first. */
  private int[] sorted(int[] byOwner, int from, int to) {
    if (to == from) {
      return NOTHING;
    }
    if (to - from == 1) {
      return new int[] {positions.get(byOwner[from])};
    }
    List<Entry> entries = new ArrayList<>(to - from);
    for (int i = from; i < to; i++) {
      int position = positions.get(byOwner[i]);
      entries.add(
          new Entry(
              preferences.get(byOwner[i]),
              text.text(position),
              languages.get(text.tag(position)),
              position));
    }
    entries.sort(ORDER);
    Set<List<String>> seen = new HashSet<>();
    int better = entries.get(0).preference();
    return entries.stream()
        .filter(
            entry ->
                better >= CompactGraphBuilder.FALLBACK
                    || entry.preference() < CompactGraphBuilder.FALLBACK)
        .filter(entry -> seen.add(List.of(entry.name(), entry.language())))
        .mapToInt(Entry::position)
        .toArray();
  }
}
