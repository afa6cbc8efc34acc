package ai.kale.train.chat;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tests behind {@code is}. */
final class Tests {
  private static final Set<String> KNOWN =
      Set.of(
          "defined",
          "undefined",
          "none",
          "string",
          "mapping",
          "iterable",
          "sequence",
          "number",
          "integer",
          "float",
          "boolean",
          "true",
          "false",
          "callable",
          "even",
          "odd",
          "divisibleby",
          "equalto",
          "eq",
          "==",
          "ne",
          "lt",
          "lessthan",
          "le",
          "gt",
          "greaterthan",
          "ge",
          "in",
          "sameas",
          "lower",
          "upper");

  private Tests() {}

  static boolean isKnown(String name) {
    return KNOWN.contains(name);
  }

  static boolean check(String name, Object value, Arguments arguments) {
    boolean result =
        switch (name) {
          case "defined" -> !(value instanceof Undefined);
          case "undefined" -> value instanceof Undefined;
          case "none" -> value == None.NONE;
          case "string" -> value instanceof String || value instanceof SafeText;
          case "mapping" -> value instanceof Map<?, ?>;
          case "iterable", "sequence" -> isIterable(value);
          case "number" -> Python.isNumber(value);
          case "integer" -> value instanceof Long;
          case "float" -> value instanceof Double;
          case "boolean" -> value instanceof Boolean;
          case "true" -> Boolean.TRUE.equals(value);
          case "false" -> Boolean.FALSE.equals(value);
          case "callable" -> value instanceof Callable;
          case "even" -> Math.floorMod(Python.toLong(value), 2L) == 0;
          case "odd" -> Math.floorMod(Python.toLong(value), 2L) == 1;
          case "lower" -> hasCase(value) && value.equals(lower(Python.text(value)));
          case "upper" -> hasCase(value) && value.equals(upper(Python.text(value)));
          default -> withArgument(name, value, arguments.require(0, "value"));
        };
    arguments.done();
    return result;
  }

  private static boolean withArgument(String name, Object value, Object other) {
    return switch (name) {
      case "divisibleby" -> {
        long by = Python.toLong(other);
        if (by == 0) {
          throw TemplateFailure.of("it divides by zero");
        }
        yield Python.toLong(value) % by == 0;
      }
      case "in" -> Python.contains(other, value);
      case "sameas" ->
          value == other
              || (!(value instanceof List<?> || value instanceof Map<?, ?>)
                  && value.getClass() == other.getClass()
                  && value.equals(other));
      case "ne" -> !Python.equal(value, other);
      case "lt", "lessthan" -> Python.compare(value, other) < 0;
      case "le" -> Python.compare(value, other) <= 0;
      case "gt", "greaterthan" -> Python.compare(value, other) > 0;
      case "ge" -> Python.compare(value, other) >= 0;
      default -> Python.equal(value, other);
    };
  }

  private static boolean isIterable(Object value) {
    return value instanceof String
        || value instanceof List<?>
        || value instanceof Map<?, ?>
        || value instanceof Undefined;
  }

  private static boolean hasCase(Object value) {
    return Python.text(value)
        .codePoints()
        .anyMatch(c -> Character.isUpperCase(c) || Character.isLowerCase(c));
  }

  private static String lower(String text) {
    return text.toLowerCase(java.util.Locale.ROOT);
  }

  private static String upper(String text) {
    return text.toUpperCase(java.util.Locale.ROOT);
  }
}
