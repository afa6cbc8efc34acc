package ai.kale.kg.graph;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The names of numbered things, the preferred one first: for each name 4 bytes, its text and about
 * two bytes more, and 4 bytes for each owner. The tag of a text is its language.
 */
final class NameTable {
  final IntColumn offsets;
  final IntColumn positions;
  final TextStore text;
  final ShortTexts languages;

  NameTable(IntColumn offsets, IntColumn positions, TextStore text, ShortTexts languages) {
    this.offsets = offsets;
    this.positions = positions;
    this.text = text;
    this.languages = languages;
  }

  NameTable onHeap() {
    return new NameTable(offsets.onHeap(), positions.onHeap(), HeapText.copyOf(text), languages);
  }

  /** All names of an owner, each once. */
  List<String> of(int owner) {
    int from = offsets.get(owner);
    int to = offsets.get(owner + 1);
    if (to - from <= 1) {
      return from == to ? List.of() : List.of(text.text(positions.get(from)));
    }
    Set<String> names = new LinkedHashSet<>();
    for (int i = from; i < to; i++) {
      names.add(text.text(positions.get(i)));
    }
    return List.copyOf(names);
  }

  /** Takes a name, its language and its place among the names of its owner. */
  @FunctionalInterface
  interface Visitor {
    void name(String text, String language, int place);
  }

  /** Passes on the names of an owner with their languages, the preferred one first. */
  void forEach(int owner, Visitor visitor) {
    int from = offsets.get(owner);
    for (int i = from; i < offsets.get(owner + 1); i++) {
      int position = positions.get(i);
      visitor.name(text.text(position), languages.get(text.tag(position)), i - from);
    }
  }

  boolean has(int owner) {
    return offsets.get(owner + 1) > offsets.get(owner);
  }

  String first(int owner) {
    return text.text(positions.get(offsets.get(owner)));
  }

  /** Number of names; the same text in two languages counts twice. */
  int size() {
    return positions.size();
  }

  /** For each language, how many owners have a name in it. */
  SortedMap<String, Integer> ownersByLanguage() {
    SortedMap<String, Integer> owners = new TreeMap<>();
    for (int owner = 0; owner + 1 < offsets.size(); owner++) {
      IntStream.range(offsets.get(owner), offsets.get(owner + 1))
          .map(i -> text.tag(positions.get(i)))
          .distinct()
          .forEach(tag -> owners.merge(languages.get(tag), 1, Integer::sum));
    }
    return owners;
  }

  /** Bytes held. */
  long byteLength() {
    return offsets.byteLength() + positions.byteLength() + text.byteLength();
  }
}
