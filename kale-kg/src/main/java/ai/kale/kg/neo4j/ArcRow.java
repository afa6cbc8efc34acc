package ai.kale.kg.neo4j;

import ai.kale.error.InvalidInputException;
import org.neo4j.driver.Record;
import org.neo4j.driver.Value;
import org.neo4j.driver.types.TypeSystem;

/**
 * A relationship.
 *
 * @param at the id of the node it was found at, empty where that has none
 * @param inverse whether that node is its end
 * @param relation empty where it has none
 * @param neighbour empty where that has no id
 * @param weight finite, 0 or more
 */
record ArcRow(String at, boolean inverse, String relation, String neighbour, float weight) {
  static ArcRow of(Record row, String weightProperty) {
    String at = id(row.get("at"));
    String relation = id(row.get("relation"));
    String neighbour = id(row.get("neighbour"));
    boolean inverse = row.get("inverse").asBoolean(false);
    return new ArcRow(
        at,
        inverse,
        relation,
        neighbour,
        weight(row.get("weight"), weightProperty, relation, at, neighbour));
  }

  /** A text or whole number as an id; empty for anything else, which could not be asked for. */
  static String id(Value value) {
    TypeSystem types = TypeSystem.getDefault();
    if (value.hasType(types.STRING())) {
      return value.asString();
    }
    return value.hasType(types.INTEGER()) ? Long.toString(value.asLong()) : "";
  }

  private static float weight(
      Value value, String property, String relation, String at, String neighbour) {
    if (value.isNull()) {
      return 1;
    }
    boolean number = value.hasType(TypeSystem.getDefault().NUMBER());
    float weight = number ? (float) value.asDouble() : Float.NaN;
    if (!(weight >= 0) || Float.isInfinite(weight)) {
      throw new InvalidInputException(
          "the relationship "
              + relation
              + " between '"
              + at
              + "' and '"
              + neighbour
              + "' has "
              + property
              + " = "
              + value
              + "; a weight is a finite number, 0 or more: mend it in the database");
    }
    return weight == 0 ? 0 : weight;
  }

  /** Why this is no triple, or empty if it is one. */
  String problem(Neo4jOptions options) {
    if (relation.isEmpty()) {
      return "a relationship at '"
          + at
          + "' without a text or whole number as "
          + options.relationProperty();
    }
    return at.isEmpty() || neighbour.isEmpty()
        ? "a relationship "
            + relation
            + " with a node without a text or whole number as "
            + options.idProperty()
        : "";
  }
}
