package ai.kale.kg.neo4j;

import ai.kale.Direction;
import ai.kale.error.SetupException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The texts of the queries. They depend on the options only; ids travel as parameters. Names of
 * labels, types and properties cannot be parameters in Cypher; they are quoted.
 *
 * <p>A batch is matched with {@code IN $ids} and not with {@code UNWIND $ids}: with an index both
 * seek, without one {@code IN} scans once and {@code UNWIND} once for each id.
 */
final class CypherQueries {
  private final Neo4jOptions options;

  CypherQueries(Neo4jOptions options) {
    this.options = options;
  }

  /** Rows {@code at, inverse, relation, neighbour, weight} of the arcs at {@code $ids}. */
  String arcs(Direction direction) {
    List<String> halves = new ArrayList<>();
    if (direction.includesForward()) {
      halves.add(half(false));
    }
    if (direction.includesBackward()) {
      halves.add(half(true));
    }
    return String.join(" UNION ALL ", halves);
  }

  private String half(boolean inverse) {
    List<String> conditions = new ArrayList<>(List.of(isGiven("n")));
    conditions.addAll(severalLabels("n"));
    conditions.addAll(severalLabels("m"));
    return "MATCH "
        + pattern(inverse ? "<-" : "-", inverse ? "-" : "->")
        + " WHERE "
        + String.join(" AND ", conditions)
        + " RETURN "
        + id("n")
        + " AS at, "
        + inverse
        + " AS inverse, "
        + columns();
  }

  /** Rows {@code at, relation, neighbour, weight} of all triples. */
  String allArcs() {
    List<String> conditions = new ArrayList<>(severalLabels("n"));
    conditions.addAll(severalLabels("m"));
    return "MATCH "
        + pattern("-", "->")
        + where(conditions)
        + " RETURN "
        + id("n")
        + " AS at, "
        + columns();
  }

  private String pattern(String left, String right) {
    String types =
        options.relationshipTypes().stream()
            .map(CypherQueries::quoted)
            .collect(Collectors.joining("|"));
    return node("n") + left + "[r" + (types.isEmpty() ? "" : ":" + types) + "]" + right + node("m");
  }

  private String columns() {
    String relation =
        options.relationProperty().isEmpty()
            ? "type(r)"
            : "r." + quoted(options.relationProperty());
    String weight =
        options.weightProperty().isEmpty() ? "null" : "r." + quoted(options.weightProperty());
    return relation + " AS relation, " + id("m") + " AS neighbour, " + weight + " AS weight";
  }

  /** Rows {@code id} of the entities among {@code $ids}. */
  String entities() {
    return "MATCH " + node("n") + where(given()) + " RETURN DISTINCT " + id("n") + " AS id";
  }

  /** Rows {@code id, names} of the entities {@code $ids}. */
  String names() {
    return "MATCH " + node("n") + where(given()) + " RETURN " + idAndNames();
  }

  /** Rows {@code id, names} of all entities. */
  String allNames() {
    return "MATCH " + node("n") + where(severalLabels("n")) + " RETURN " + idAndNames();
  }

  private List<String> given() {
    List<String> conditions = new ArrayList<>(List.of(isGiven("n")));
    conditions.addAll(severalLabels("n"));
    return conditions;
  }

  private String idAndNames() {
    String properties =
        options.nameProperties().stream()
            .map(property -> "n." + quoted(property))
            .collect(Collectors.joining(", "));
    return id("n") + " AS id, [" + properties + "] AS names";
  }

  /** A row if {@code $id} is a relation. */
  String relation() {
    if (!options.relationProperty().isEmpty()) {
      return "MATCH "
          + pattern("-", "->")
          + " WHERE r."
          + quoted(options.relationProperty())
          + " IN $ids RETURN 1 LIMIT 1";
    }
    // Answered from the database's counts; comparing type(r) would read all relationships.
    return "CALL db.relationshipTypes() YIELD relationshipType AS t WHERE t IN $ids RETURN 1";
  }

  private String id(String node) {
    return options.idProperty().isEmpty()
        ? "elementId(" + node + ")"
        : node + "." + quoted(options.idProperty());
  }

  private String isGiven(String node) {
    return options.idProperty().isEmpty()
        ? "elementId(" + node + ") IN $ids"
        : node + "." + quoted(options.idProperty()) + " IN $ids";
  }

  /** A single label stands in the pattern, so that the planner finds its index. */
  private String node(String name) {
    return options.nodeLabels().size() == 1
        ? "(" + name + ":" + quoted(options.nodeLabels().get(0)) + ")"
        : "(" + name + ")";
  }

  private List<String> severalLabels(String node) {
    return options.nodeLabels().size() < 2
        ? List.of()
        : List.of(
            options.nodeLabels().stream()
                .map(label -> node + ":" + quoted(label))
                .collect(Collectors.joining(" OR ", "(", ")")));
  }

  private static String where(List<String> conditions) {
    return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
  }

  /** Backslashes are refused, because Cypher reads Unicode escapes before it reads quotes. */
  static String quoted(String name) {
    if (name.isBlank() || name.chars().anyMatch(c -> c == '\\' || Character.isISOControl(c))) {
      throw new SetupException(
          "'"
              + name
              + "' cannot name a label, type or property: give one that is not blank and has"
              + " neither backslashes nor control characters");
    }
    return "`" + name.replace("`", "``") + "`";
  }
}
