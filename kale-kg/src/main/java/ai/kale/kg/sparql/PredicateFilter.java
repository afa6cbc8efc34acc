package ai.kale.kg.sparql;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Which predicates are arcs: those that start with an allowed prefix, all if none is given, and
 * with no denied one; never those that give names.
 *
 * @param allow prefixes of predicate IRIs
 * @param deny prefixes of predicate IRIs
 */
record PredicateFilter(List<String> allow, List<String> deny) {
  PredicateFilter {
    allow = List.copyOf(allow);
    deny = List.copyOf(deny);
  }

  boolean isArc(String predicate) {
    return !Names.PREDICATES.contains(predicate)
        && (allow.isEmpty() || allow.stream().anyMatch(predicate::startsWith))
        && deny.stream().noneMatch(predicate::startsWith);
  }

  /** The same as a SPARQL condition on {@code ?p}. */
  String condition() {
    StringBuilder text =
        new StringBuilder("?p NOT IN (").append(Queries.iris(Names.PREDICATES, ", "));
    text.append(')');
    if (!allow.isEmpty()) {
      text.append(" && (").append(startsWithAny(allow)).append(')');
    }
    if (!deny.isEmpty()) {
      text.append(" && !(").append(startsWithAny(deny)).append(')');
    }
    return text.toString();
  }

  // The prefixes were checked to hold no character that could end a string.
  private static String startsWithAny(List<String> prefixes) {
    return prefixes.stream()
        .map(prefix -> "STRSTARTS(STR(?p), \"" + prefix + "\")")
        .collect(Collectors.joining(" || "));
  }
}
