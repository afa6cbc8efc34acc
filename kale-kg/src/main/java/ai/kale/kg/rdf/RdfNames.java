package ai.kale.kg.rdf;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Chooses among the names that a store has for a few resources, by the rules of {@link
 * RdfGraphBuilder}: by language, then {@code skos:prefLabel}, {@code rdfs:label} and {@code
 * skos:altLabel}, then as strings; names in languages not asked for only where there is no other.
 * Not safe for use by several threads.
 */
public final class RdfNames {
  /** IRIs of the properties that give names, the preferred first. */
  public static final List<String> PROPERTIES =
      List.of(
          "http://www.w3.org/2004/02/skos/core#prefLabel",
          "http://www.w3.org/2000/01/rdf-schema#label",
          "http://www.w3.org/2004/02/skos/core#altLabel");

  private static final int ALIAS = PROPERTIES.size() - 1;

  private record Name(boolean fallback, boolean alias, int language, int property, String text) {}

  private static final Comparator<Name> ORDER =
      Comparator.comparing(Name::fallback)
          .thenComparing(Name::alias)
          .thenComparingInt(Name::language)
          .thenComparingInt(Name::property)
          .thenComparing(Name::text);

  private final List<String> languages;
  private final Map<String, List<Name>> names = new HashMap<>();

  /**
   * Creates an empty collection.
   *
   * @param languages preferred label languages, best first; {@code ""} for no language. A tag also
   *     covers its variants: {@code "en"} covers {@code "en-GB"}
   */
  public RdfNames(List<String> languages) {
    this.languages = languages.stream().map(tag -> tag.toLowerCase(Locale.ROOT)).toList();
  }

  /**
   * Adds a name.
   *
   * @param id whose
   * @param property index into {@link #PROPERTIES}
   * @param text the name; a blank one is left out
   * @param language its language tag, or empty
   */
  public void add(String id, int property, String text, String language) {
    if (!text.isBlank()) {
      int rank = rank(language.toLowerCase(Locale.ROOT));
      names
          .computeIfAbsent(id, added -> new ArrayList<>())
          .add(new Name(rank == languages.size(), property == ALIAS, rank, property, text.strip()));
    }
  }

  private int rank(String language) {
    for (int i = 0; i < languages.size(); i++) {
      String wanted = languages.get(i);
      if (language.equals(wanted) || (!wanted.isEmpty() && language.startsWith(wanted + "-"))) {
        return i;
      }
    }
    return languages.size();
  }

  /** For each id that has names its names, the preferred label first. */
  public Map<String, List<String>> byId() {
    Map<String, List<String>> all = new HashMap<>();
    names.forEach(
        (id, own) -> {
          boolean better = own.stream().anyMatch(name -> !name.fallback());
          Set<String> texts = new LinkedHashSet<>();
          own.stream()
              .sorted(ORDER)
              .filter(name -> !better || !name.fallback())
              .forEach(name -> texts.add(name.text()));
          all.put(id, List.copyOf(texts));
        });
    return all;
  }
}
