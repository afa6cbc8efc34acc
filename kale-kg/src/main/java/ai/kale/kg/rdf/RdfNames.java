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
 * RdfGraphBuilder}: by language, then by property, then as strings; names in languages not asked
 * for only where there is no other. Not safe for use by several threads.
 */
final class RdfNames {
  private record Name(boolean fallback, boolean alias, int language, int property, String text) {}

  private static final Comparator<Name> ORDER =
      Comparator.comparing(Name::fallback)
          .thenComparing(Name::alias)
          .thenComparingInt(Name::language)
          .thenComparingInt(Name::property)
          .thenComparing(Name::text);

  private final List<String> languages;
  private final int alias;
  private final Map<String, List<Name>> names = new HashMap<>();

  /**
   * Creates an empty collection.
   *
   * @param languages preferred label languages, best first; {@code ""} for no language. A tag also
   *     covers its variants: {@code "en"} covers {@code "en-GB"}
   * @param properties which give names
   */
  RdfNames(List<String> languages, NameProperties properties) {
    this.alias = properties.labels().size();
    this.languages = languages.stream().map(tag -> tag.toLowerCase(Locale.ROOT)).toList();
  }

  /**
   * Adds a name.
   *
   * @param id whose
   * @param property the rank of the property that gives it, see {@link NameProperties#rank}
   * @param name the name; a blank one is left out
   */
  void add(String id, int property, RdfLiteral name) {
    if (!name.text().isBlank()) {
      int rank = rank(name.language().toLowerCase(Locale.ROOT));
      names
          .computeIfAbsent(id, added -> new ArrayList<>())
          .add(
              new Name(
                  rank == languages.size(),
                  property == alias,
                  rank,
                  property,
                  name.text().strip()));
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
  Map<String, List<String>> byId() {
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
