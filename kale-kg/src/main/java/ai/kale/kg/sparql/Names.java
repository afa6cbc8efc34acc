package ai.kale.kg.sparql;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Chooses and orders names: labels before aliases, then by language, then by predicate. */
final class Names {
  private static final String SKOS = "http://www.w3.org/2004/02/skos/core#";
  private static final String ALT_LABEL = SKOS + "altLabel";

  /** The predicates whose literals are names, the best first. */
  static final List<String> PREDICATES =
      List.of(SKOS + "prefLabel", "http://www.w3.org/2000/01/rdf-schema#label", ALT_LABEL);

  private record Name(String text, int kind, int language, int predicate) {}

  private final List<String> languages;
  private final Map<String, List<Name>> byId = new LinkedHashMap<>();

  Names(List<String> languages) {
    this.languages = languages;
  }

  void add(String id, String predicate, Term literal) {
    int kind = predicate.equals(ALT_LABEL) ? 1 : 0;
    Name name =
        new Name(literal.value(), kind, rank(literal.language()), PREDICATES.indexOf(predicate));
    byId.computeIfAbsent(id, added -> new ArrayList<>()).add(name);
  }

  private int rank(String tag) {
    String language = tag.toLowerCase(Locale.ROOT);
    for (int i = 0; i < languages.size(); i++) {
      String wanted = languages.get(i);
      if (language.equals(wanted)
          || wanted.equals("*")
          || (!wanted.isEmpty() && language.startsWith(wanted + "-"))) {
        return i;
      }
    }
    return languages.size();
  }

  /** The names of each id, best first, each text once. */
  Map<String, List<String>> sorted() {
    Comparator<Name> best =
        Comparator.comparingInt(Name::kind)
            .thenComparingInt(Name::language)
            .thenComparingInt(Name::predicate)
            .thenComparing(Name::text);
    Map<String, List<String>> sorted = new LinkedHashMap<>();
    byId.forEach(
        (id, names) ->
            sorted.put(id, names.stream().sorted(best).map(Name::text).distinct().toList()));
    return sorted;
  }

  /** The languages as a SPARQL condition on {@code ?l}. */
  static String condition(List<String> languages) {
    if (languages.contains("*")) {
      return "isLiteral(?l)";
    }
    List<String> parts =
        languages.stream()
            .map(
                tag -> tag.isEmpty() ? "LANG(?l) = \"\"" : "LANGMATCHES(LANG(?l), \"" + tag + "\")")
            .toList();
    return "isLiteral(?l) && (" + String.join(" || ", parts) + ")";
  }
}
