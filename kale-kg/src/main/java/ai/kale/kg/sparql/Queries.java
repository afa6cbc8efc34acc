package ai.kale.kg.sparql;

import ai.kale.Direction;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes queries. Every id that comes in was checked with {@link QueryIris#isSafe}. The batch is
 * repeated in each branch of a union, because engines start at the given entities that way.
 */
final class Queries {
  private final String from;
  private final String isArc;
  private final String isName;

  Queries(List<URI> graphs, PredicateFilter predicates, List<String> languages) {
    this.from =
        graphs.stream().map(graph -> "FROM <" + graph + ">\n").collect(Collectors.joining());
    this.isArc = predicates.condition();
    this.isName = Names.condition(languages);
  }

  /** Rows of i (place in the batch), p, and o for an arc forward or s for one against its arrow. */
  String arcs(List<String> ids, Direction direction) {
    StringBuilder values = new StringBuilder("VALUES (?i ?e) {");
    for (int i = 0; i < ids.size(); i++) {
      values.append(" (").append(i).append(" <").append(ids.get(i)).append(">)");
    }
    values.append(" }\n    ");
    List<String> branches = new ArrayList<>();
    if (direction.includesForward()) {
      branches.add(values + "?e ?p ?o . FILTER(!isLiteral(?o) && " + isArc + ")");
    }
    if (direction.includesBackward()) {
      branches.add(values + "?s ?p ?e . FILTER(" + isArc + ")");
    }
    return "SELECT ?i ?p ?o ?s\n"
        + from
        + "WHERE {\n  { "
        + String.join(" }\n  UNION\n  { ", branches)
        + " }\n}\nORDER BY ?i ?p ?o ?s";
  }

  /** Rows of e, the ids that have an arc. */
  String entities(Collection<String> ids) {
    return "SELECT ?e\n"
        + from
        + "WHERE {\n  VALUES ?e { "
        + iris(ids, " ")
        + " }\n  FILTER(EXISTS { ?e ?p ?o . FILTER(!isLiteral(?o) && "
        + isArc
        + ") } || EXISTS { ?s ?p ?e . FILTER("
        + isArc
        + ") })\n}\nORDER BY ?e";
  }

  /** One row if some arc has the predicate. */
  String relation(String id) {
    return "SELECT ?p\n"
        + from
        + "WHERE {\n  VALUES ?p { <"
        + id
        + "> }\n  FILTER(EXISTS { ?s ?p ?o . FILTER(!isLiteral(?o)) })\n}\nORDER BY ?p";
  }

  /** Rows of i (place in the batch), p (which kind of name) and l (the literal). */
  String names(List<String> ids) {
    StringBuilder values = new StringBuilder();
    for (int i = 0; i < ids.size(); i++) {
      values.append(" (").append(i).append(" <").append(ids.get(i)).append(">)");
    }
    return "SELECT ?i ?p ?l\n"
        + from
        + "WHERE {\n  VALUES (?i ?e) {"
        + values
        + " }\n  VALUES ?p { "
        + iris(Names.PREDICATES, " ")
        + " }\n  ?e ?p ?l . FILTER("
        + isName
        + ")\n}\nORDER BY ?i ?p LANG(?l) STR(?l)";
  }

  static String iris(Collection<String> ids, String separator) {
    return ids.stream().map(id -> "<" + id + ">").collect(Collectors.joining(separator));
  }
}
