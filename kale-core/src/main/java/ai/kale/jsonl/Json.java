package ai.kale.jsonl;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The one JSON mapper of this package, and the way between JSON trees and plain Java values. */
final class Json {
  /** Strict: duplicate fields and trailing tokens are errors; numbers keep all their digits. */
  static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static final ObjectReader VALUES =
      MAPPER.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private Json() {}

  /**
   * The object whose opening brace the parser is at, without some of its fields; afterwards the
   * parser is at the closing brace. What follows it is not looked at.
   */
  static ObjectNode object(JsonParser parser, Set<String> skipped) throws IOException {
    ObjectNode object = MAPPER.createObjectNode();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      if (skipped.contains(name)) {
        parser.skipChildren();
      } else {
        object.set(name, VALUES.<JsonNode>readTree(parser));
      }
    }
    return object;
  }

  /** One line without its end; half surrogate pairs are written as escapes, so nothing is lost. */
  static String line(ObjectNode node) {
    try {
      return escapeLoneSurrogates(MAPPER.writeValueAsString(node));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree could not be written", e);
    }
  }

  private static String escapeLoneSurrogates(String json) {
    StringBuilder escaped = null;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < json.length()
              && Character.isLowSurrogate(json.charAt(i + 1));
      if (pair) {
        if (escaped != null) {
          escaped.append(c).append(json.charAt(i + 1));
        }
        i++;
      } else if (Character.isSurrogate(c)) {
        if (escaped == null) {
          escaped = new StringBuilder(json.length() + 16).append(json, 0, i);
        }
        escaped.append(String.format("\\u%04x", (int) c));
      } else if (escaped != null) {
        escaped.append(c);
      }
    }
    return escaped == null ? json : escaped.toString();
  }

  /** A field name that can be read back: the parser takes no half surrogate pairs there. */
  static String name(String name) {
    if (StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
      return name;
    }
    throw new IllegalArgumentException(
        "the field name '" + name + "' holds half a surrogate pair; mend the text");
  }

  /** A number; infinities, which JSON does not have, as text. */
  static JsonNode number(double value) {
    return Double.isInfinite(value)
        ? MAPPER.getNodeFactory().textNode(Double.toString(value))
        : toNode(value);
  }

  /** String, Boolean, Long, BigInteger, BigDecimal, List, Map or null. */
  static @Nullable Object toValue(JsonNode node) {
    if (node.isTextual()) {
      return node.textValue();
    } else if (node.isBoolean()) {
      return node.booleanValue();
    } else if (node.isIntegralNumber()) {
      return node.canConvertToLong() ? (Object) node.longValue() : node.bigIntegerValue();
    } else if (node.isNumber()) {
      return node.decimalValue();
    } else if (node.isArray()) {
      List<@Nullable Object> list = new ArrayList<>(node.size());
      node.forEach(item -> list.add(toValue(item)));
      return list;
    } else if (node.isObject()) {
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      node.properties().forEach(field -> map.put(field.getKey(), toValue(field.getValue())));
      return map;
    }
    return null;
  }

  /** The inverse of {@link #toValue}; also takes other numbers and enums of collections. */
  static JsonNode toNode(@Nullable Object value) {
    JsonNodeFactory make = MAPPER.getNodeFactory();
    if (value == null) {
      return make.nullNode();
    } else if (value instanceof String text) {
      return make.textNode(text);
    } else if (value instanceof Boolean flag) {
      return make.booleanNode(flag);
    } else if (value instanceof BigInteger number) {
      return make.numberNode(number);
    } else if (value instanceof BigDecimal number) {
      return make.numberNode(number);
    } else if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      if (!Double.isFinite(number)) {
        throw new IllegalArgumentException("JSON has no number " + number);
      }
      return make.numberNode(new BigDecimal(value.toString()));
    } else if (value instanceof Number number) {
      return make.numberNode(number.longValue());
    } else if (value instanceof Iterable<?> items) {
      ArrayNode array = make.arrayNode();
      items.forEach(item -> array.add(toNode(item)));
      return array;
    } else if (value instanceof Map<?, ?> map) {
      ObjectNode object = make.objectNode();
      map.forEach((name, item) -> object.set(name(String.valueOf(name)), toNode(item)));
      return object;
    }
    throw new IllegalArgumentException(
        "extra fields hold JSON values only (text, number, boolean, list, map, null); got "
            + value.getClass().getName());
  }
}
