package ai.kale.train.checkpoint;

import ai.kale.error.CorruptFileException;
import ai.kale.error.UnsupportedCapabilityException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one JSON object in {@code config.json}, read with their types. It remembers which
 * were asked for, so that those nobody asked for can be found.
 */
final class ConfigFields {
  private final Path file;
  private final String prefix;
  private final JsonNode json;
  private final Set<String> unread = new TreeSet<>();

  /**
   * Takes an object.
   *
   * @param prefix stands before field names in messages: empty, or the parent's name and a dot
   */
  ConfigFields(Path file, String prefix, JsonNode json) {
    this.file = file;
    this.prefix = prefix;
    this.json = json;
    json.fieldNames().forEachRemaining(unread::add);
  }

  /** Whether the field is there, as null or as a value. */
  boolean has(String field) {
    return json.has(field);
  }

  /** The value, unless absent or null. The field counts as read. */
  Optional<JsonNode> value(String field) {
    unread.remove(field);
    return Optional.ofNullable(json.get(field)).filter(node -> !node.isNull());
  }

  /** Names that nothing has read yet. */
  List<String> unread() {
    return List.copyOf(unread);
  }

  int required(String field) {
    return integer(field).orElseThrow(() -> corrupt(field, "is missing"));
  }

  Optional<Integer> integer(String field) {
    return value(field)
        .map(
            node -> {
              if (!node.isIntegralNumber() || !node.canConvertToInt()) {
                throw corrupt(field, "must be an integer; got " + shown(node));
              }
              return node.intValue();
            });
  }

  /** A finite number. */
  Optional<Double> number(String field) {
    return value(field)
        .map(
            node -> {
              if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
                throw corrupt(field, "must be a number; got " + shown(node));
              }
              return node.doubleValue();
            });
  }

  Optional<Boolean> flag(String field) {
    return value(field)
        .map(
            node -> {
              if (!node.isBoolean()) {
                throw corrupt(field, "must be true or false; got " + shown(node));
              }
              return node.booleanValue();
            });
  }

  Optional<String> text(String field) {
    return value(field).map(node -> text(field, node));
  }

  Optional<List<String>> texts(String field) {
    return value(field)
        .map(
            node -> {
              if (!node.isArray()) {
                throw corrupt(field, "must be a list; got " + shown(node));
              }
              List<String> texts = new ArrayList<>();
              node.forEach(item -> texts.add(text(field, item)));
              return texts;
            });
  }

  private String text(String field, JsonNode node) {
    if (!node.isTextual()) {
      throw corrupt(field, "must hold text; got " + shown(node));
    }
    return node.textValue();
  }

  /** Token ids, of a number or a list; those below 0 stand for none. */
  List<Integer> tokens(String field) {
    List<Integer> tokens = new ArrayList<>();
    value(field)
        .ifPresent(
            node -> {
              for (JsonNode item : node.isArray() ? node : List.of(node)) {
                if (!item.isIntegralNumber() || !item.canConvertToInt()) {
                  throw corrupt(field, "must be a token id; got " + shown(node));
                }
                if (item.intValue() >= 0) {
                  tokens.add(item.intValue());
                }
              }
            });
    return tokens;
  }

  /** The fields of an object inside this one. */
  Optional<ConfigFields> object(String field) {
    return value(field)
        .map(
            node -> {
              if (!node.isObject()) {
                throw corrupt(field, "must be an object; got " + shown(node));
              }
              return new ConfigFields(file, prefix + field + ".", node);
            });
  }

  CorruptFileException corrupt(String field, String what) {
    return corrupt(prefix + field + " " + what, (Throwable) null);
  }

  CorruptFileException corrupt(String what, @Nullable Throwable cause) {
    return new CorruptFileException(
        file + ": " + what + "; mend the file or copy it again from its source", cause);
  }

  /**
   * The value of a field is not supported.
   *
   * @param only what is, as the end of a sentence
   */
  UnsupportedCapabilityException unsupported(String field, String only) {
    JsonNode node = json.get(field);
    return new UnsupportedCapabilityException(
        file
            + ": "
            + prefix
            + field
            + (node == null ? "" : " = " + shown(node))
            + " is not supported: "
            + only
            + "; use another checkpoint");
  }

  /** A field that nobody knows. */
  UnsupportedCapabilityException unknown(String field, String modelType) {
    JsonNode node = json.get(field);
    return new UnsupportedCapabilityException(
        file
            + ": "
            + prefix
            + field
            + " = "
            + (node == null ? "" : shown(node))
            + " is no known field of a "
            + modelType
            + " model and may change what the model computes; if you know that it does not, delete"
            + " it from a copy of the file, else use another checkpoint");
  }

  /** A value, cut where it is long. */
  private static String shown(JsonNode node) {
    String text = node.toString();
    return text.length() <= 200 ? text : text.substring(0, 200) + "…";
  }
}
