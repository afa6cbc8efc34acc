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
 * The fields of one JSON object, for readers of JSON formats: each access checks the type, errors
 * name file, line and the path of the field, and {@link #rest} has what was not taken, so that
 * nothing is lost. Every method that takes throws {@link InvalidInputException} if the field is
 * missing or of another type. Not for use by several threads.
 */
public final class Fields {
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

  /**
   * Whether the field is there, null or not.
   *
   * @param name the field
   * @return whether it is there
   */
  public boolean has(String name) {
    return node.has(name);
  }

  /**
   * Whether the field is there and not null.
   *
   * @param name the field
   * @return whether it has a value
   */
  public boolean hasValue(String name) {
    JsonNode value = node.get(name);
    return value != null && !value.isNull();
  }

  /**
   * Whether the field is there and a list.
   *
   * @param name the field
   * @return whether it is a list
   */
  public boolean isList(String name) {
    JsonNode value = node.get(name);
    return value != null && value.isArray();
  }

  /**
   * Whether the field is there and an object.
   *
   * @param name the field
   * @return whether it is an object
   */
  public boolean isObject(String name) {
    JsonNode value = node.get(name);
    return value != null && value.isObject();
  }

  /** The file, as errors have it. */
  public String source() {
    return source;
  }

  /** The 1-based line the object begins on. */
  public long line() {
    return line;
  }

  /**
   * Takes a field of any type and does nothing with it, so that {@link #rest} leaves it out.
   *
   * @param name the field; it may be missing
   */
  public void drop(String name) {
    taken.add(name);
  }

  /**
   * Takes a string.
   *
   * @param name the field
   * @return its value
   */
  public String text(String name) {
    JsonNode value = take(name);
    if (!value.isTextual()) {
      throw wrongType(name, "a string", value);
    }
    return value.textValue();
  }

  /**
   * Takes a string that may be missing.
   *
   * @param name the field
   * @param otherwise the value where the field is missing
   * @return its value
   */
  public String textOr(String name, String otherwise) {
    return has(name) ? text(name) : otherwise;
  }

  /**
   * Takes a string, or a number or boolean as text: for what people write by hand.
   *
   * @param name the field
   * @return its value
   */
  public String looseText(String name) {
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

  /**
   * Takes a list of strings.
   *
   * @param name the field
   * @return its items
   */
  public List<String> texts(String name) {
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

  /**
   * Takes a list of strings, numbers and booleans, as texts.
   *
   * @param name the field
   * @return its items
   */
  public List<String> looseTexts(String name) {
    List<String> texts = new ArrayList<>();
    for (JsonNode item : array(name)) {
      texts.add(loose(name + "[" + texts.size() + "]", item));
    }
    return texts;
  }

  /**
   * Takes a list of lists of strings.
   *
   * @param name the field
   * @return its items
   */
  public List<List<String>> textLists(String name) {
    List<List<String>> lists = new ArrayList<>();
    for (JsonNode item : array(name)) {
      String at = name + "[" + lists.size() + "]";
      if (!item.isArray()) {
        throw wrongType(at, "a list", item);
      }
      List<String> texts = new ArrayList<>();
      for (JsonNode text : item) {
        if (!text.isTextual()) {
          throw wrongType(at + "[" + texts.size() + "]", "a string", text);
        }
        texts.add(text.textValue());
      }
      lists.add(texts);
    }
    return lists;
  }

  /**
   * Takes an object.
   *
   * @param name the field
   * @return its fields
   */
  public Fields object(String name) {
    return asObject(name, take(name));
  }

  /**
   * Takes a list of objects.
   *
   * @param name the field
   * @return the fields of each
   */
  public List<Fields> objects(String name) {
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

  /**
   * The fields that were not taken, in their order.
   *
   * @return plain values: {@code String}, {@code Boolean}, {@code Long}, {@code BigInteger}, {@code
   *     BigDecimal}, {@code List}, {@code Map}, null
   */
  public Map<String, Object> rest() {
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

  /**
   * An error at a field.
   *
   * @param name the field
   * @param message what is wrong with it and what to do; the place and the field are put in front
   * @return the error, to be thrown
   */
  public InvalidInputException problem(String name, String message) {
    return new InvalidInputException(source, line, at(name) + " " + message);
  }

  @SuppressWarnings("NullAway") // JSON null is a legal extra value, which the record's type hides
  private static Map<String, Object> withoutNullness(Map<String, @Nullable Object> map) {
    return map;
  }

  /** The value of a field without taking it; null where it is missing. */
  @Nullable JsonNode peek(String name) {
    return node.get(name);
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
