package ai.kale.jsonl;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** The fields of one record type, without the {@code "kale"} field. */
abstract class Codec<T> {
  abstract void encode(T value, ObjectNode into);

  abstract T decode(Fields fields);

  final ObjectNode encode(T value) {
    ObjectNode node = Json.MAPPER.createObjectNode();
    encode(value, node);
    return node;
  }

  /** Adds what was kept from a newer or a user's file, in its order. */
  static void putExtra(Map<String, Object> extra, ObjectNode into) {
    extra.forEach(
        (name, value) -> {
          if (into.has(name) || name.equals(JsonlFormat.HEADER)) {
            throw new IllegalArgumentException(
                "the extra field '" + name + "' has the name of a field of the format; rename it");
          }
          into.set(Json.name(name), Json.toNode(value));
        });
  }
}
