package ai.kale.jsonl;

import ai.kale.error.InvalidInputException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one JSON object, each taken at most once, with errors that name file, line and the
 * path of the field.
 */
final class Fields {
  private final ObjectNode node;
  private final String source;
  private final long line;
  private final String path;
  private final Set<String> taken = new LinkedHashSet<>();

  Fields(ObjectNode node, String source, long line, String path) {
    this.node = node;
    this.source = source;
    this.line = line;
    this.path = path;
  }

  boolean has(String name) {
    return node.has(name);
  }

  String text(String name) {
    JsonNode value = take(name);
    if (!value.isTextual()) {
      throw wrongType(name, "a string", value);
    }
    return value.textValue();
  }

  String textOr(String name, String otherwise) {
    return has(name) ? text(name) : otherwise;
  }

  /** A string, or a number or boolean as text: for what people write by hand. */
  String looseText(String name) {
    JsonNode value = take(name);
    return loose(name, value);
  }

  boolean flag(String name) {
    JsonNode value = take(name);
    if (!value.isBoolean()) {
      throw wrongType(name, "true or false", value);
    }
    return value.booleanValue();
  }

  /** An integer of at least 0. */
  long count(String name) {
    JsonNode value = take(name);
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
      throw wrongType(name, "a whole number from 0", value);
    }
    return value.longValue();
  }

  /** An integer of at least 0; another where the field is missing. */
  long countOr(String name, long otherwise) {
    return has(name) ? count(name) : otherwise;
  }

  /** A number as {@link Json#number} writes it; nothing where the field is missing. */
  OptionalDouble numberOrNone(String name) {
    if (!has(name)) {
      return OptionalDouble.empty();
    }
    JsonNode value = take(name);
    boolean infinite =
        value.isTextual()
            && (value.textValue().equals("Infinity") || value.textValue().equals("-Infinity"));
    if (!infinite && !value.isNumber()) {
      throw wrongType(name, "a number, \"Infinity\" or \"-Infinity\"", value);
    }
    return OptionalDouble.of(
        infinite ? Double.parseDouble(value.textValue()) : value.doubleValue());
  }

  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (JsonNode item : array(name)) {
      if (!item.isTextual()) {
        throw wrongType(name + "[" + texts.size() + "]", "a string", item);
      }
      texts.add(item.textValue());
    }
    return texts;
  }

  List<String> textsOrNone(String name) {
    return has(name) ? texts(name) : List.of();
  }

  List<String> looseTexts(String name) {
    List<String> texts = new ArrayList<>();
    for (JsonNode item : array(name)) {
      texts.add(loose(name + "[" + texts.size() + "]", item));
    }
    return texts;
  }

  Fields object(String name) {
    return asObject(name, take(name));
  }

  List<Fields> objects(String name) {
    List<Fields> objects = new ArrayList<>();
    for (JsonNode item : array(name)) {
      objects.add(asObject(name + "[" + objects.size() + "]", item));
    }
    return objects;
  }

  Map<String, String> textMap(String name) {
    Fields object = object(name);
    Map<String, String> map = new LinkedHashMap<>();
    object.node.fieldNames().forEachRemaining(key -> map.put(key, object.text(key)));
    return map;
  }

  /** What was not taken. */
  Map<String, Object> rest() {
    Map<String, @Nullable Object> rest = new LinkedHashMap<>();
    node.properties()
        .forEach(
            field -> {
              if (!taken.contains(field.getKey())) {
                rest.put(field.getKey(), Json.toValue(field.getValue()));
              }
            });
    return withoutNullness(rest);
  }

  /** Refuses what was not taken: here there is nowhere to keep it, and losing it is worse. */
  void refuseOthers() {
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!taken.contains(name)) {
                throw problem(name, "is not a field of this object; move it to the line's own");
              }
            });
  }

  InvalidInputException problem(String name, String message) {
    return new InvalidInputException(source, line, at(name) + " " + message);
  }

  @SuppressWarnings("NullAway") // JSON null is a legal extra value, which the record's type hides
  private static Map<String, Object> withoutNullness(Map<String, @Nullable Object> map) {
    return map;
  }

  private JsonNode take(String name) {
    taken.add(name);
    JsonNode value = node.get(name);
    if (value == null) {
      throw problem(name, "is missing; add it");
    }
    return value;
  }

  private JsonNode array(String name) {
    JsonNode value = take(name);
    if (!value.isArray()) {
      throw wrongType(name, "a list", value);
    }
    return value;
  }

  private Fields asObject(String name, JsonNode value) {
    if (value instanceof ObjectNode object) {
      return new Fields(object, source, line, at(name));
    }
    throw wrongType(name, "an object", value);
  }

  private String loose(String name, JsonNode value) {
    if (value.isContainerNode() || value.isNull()) {
      throw wrongType(name, "a string", value);
    }
    return value.asText();
  }

  private String at(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private InvalidInputException wrongType(String name, String wanted, JsonNode value) {
    String seen = value.toString();
    String shown = seen.length() <= 60 ? seen : seen.substring(0, 57) + "...";
    return problem(name, "must be " + wanted + " but is " + shown);
  }
}
