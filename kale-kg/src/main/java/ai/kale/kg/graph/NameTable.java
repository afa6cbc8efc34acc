package ai.kale.kg.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The names of numbered things: one offset array and one flat text array. */
final class NameTable {
  private final int[] off;
  private final String[] texts;
  private final String[] languages;
  private final int dropped;

  private NameTable(int[] off, String[] texts, String[] languages, int dropped) {
    this.off = off;
    this.texts = texts;
    this.languages = languages;
    this.dropped = dropped;
  }

  List<String> of(int owner) {
    return List.of(Arrays.copyOfRange(texts, off[owner], off[owner + 1]));
  }

  boolean has(int owner) {
    return off[owner + 1] > off[owner];
  }

  String first(int owner) {
    return texts[off[owner]];
  }

  /** For each language, how many owners have a name in it. */
  SortedMap<String, Integer> ownersByLanguage() {
    SortedMap<String, Integer> owners = new TreeMap<>();
    for (int owner = 0; owner + 1 < off.length; owner++) {
      Arrays.stream(languages, off[owner], off[owner + 1])
          .distinct()
          .forEach(language -> owners.merge(language, 1, Integer::sum));
    }
    return owners;
  }

  int size() {
    return texts.length;
  }

  /** Names that were left out: repeated, or of a fallback preference where a better one exists. */
  int dropped() {
    return dropped;
  }

  /** One name as it was added. */
  record Entry(int owner, int preference, String text, String language) {}

  /** Sorts names by owner, preference and text, so that the order of input does not matter. */
  static NameTable of(int owners, List<Entry> entries) {
    List<Entry> sorted = new ArrayList<>(entries);
    sorted.sort(
        Comparator.comparingInt(Entry::owner)
            .thenComparingInt(Entry::preference)
            .thenComparing(Entry::text));
    int[] off = new int[owners + 1];
    List<String> texts = new ArrayList<>(sorted.size());
    List<String> languages = new ArrayList<>(sorted.size());
    int next = 0;
    for (int owner = 0; owner < owners; owner++) {
      int start = texts.size();
      off[owner] = start;
      boolean better = false;
      while (next < sorted.size() && sorted.get(next).owner() == owner) {
        Entry entry = sorted.get(next++);
        boolean fallback = entry.preference() >= CompactGraphBuilder.FALLBACK;
        boolean known = texts.subList(start, texts.size()).contains(entry.text());
        if (!known && !(fallback && better)) {
          texts.add(entry.text());
          languages.add(entry.language());
        }
        better |= !fallback;
      }
    }
    off[owners] = texts.size();
    return new NameTable(
        off,
        texts.toArray(new String[0]),
        languages.toArray(new String[0]),
        entries.size() - texts.size());
  }
}
