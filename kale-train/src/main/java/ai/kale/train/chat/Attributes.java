package ai.kale.train.chat;

import java.util.List;
import java.util.Map;

/** {@code value.name} and {@code value[item]}. Only listed methods exist; Java is out of reach. */
final class Attributes {
  private Attributes() {}

  static Object attribute(Object owner, String name, Budget budget) {
    if (owner instanceof Undefined u) {
      throw u.failure();
    } else if (name.startsWith("__")) {
      throw TemplateFailure.of("access to " + name + " is not allowed");
    } else if (owner instanceof Namespace space) {
      return space.get(name);
    } else if (owner instanceof LoopState loop) {
      return loop.attribute(name);
    } else if (owner instanceof String text) {
      return TextMethods.of(text, name, budget);
    } else if (owner instanceof Map<?, ?> map) {
      Object method = MappingMethods.of(map, name);
      return method instanceof Undefined ? item(owner, name) : method;
    } else if (owner instanceof List<?> list) {
      return listMethod(list, name);
    }
    return missing(owner, name);
  }

  static Object item(Object owner, Object index) {
    if (owner instanceof Undefined u) {
      throw u.failure();
    } else if (owner instanceof Map<?, ?> map) {
      Object value = map.get(Python.key(index));
      if (value == null && index instanceof String name) {
        Object method = MappingMethods.of(map, name);
        return method instanceof Undefined ? missing(owner, name) : method;
      }
      return value == null ? missing(owner, index) : value;
    } else if (owner instanceof Namespace space && index instanceof String name) {
      return space.get(name);
    } else if ((owner instanceof String || owner instanceof List<?>)
        && (index instanceof Long || index instanceof Boolean)) {
      List<Object> all = Python.iterate(owner);
      long at = Python.toLong(index);
      long place = at < 0 ? at + all.size() : at;
      return place < 0 || place >= all.size() ? missing(owner, index) : all.get((int) place);
    }
    return missing(owner, index);
  }

  private static Object listMethod(List<?> list, String name) {
    return switch (name) {
      case "index" ->
          (Callable)
              (values, named) -> {
                Object wanted = new Arguments(name, values, named).require(0, "value");
                for (int i = 0; i < list.size(); i++) {
                  if (Python.equal(list.get(i), wanted)) {
                    return (long) i;
                  }
                }
                throw TemplateFailure.of("a list does not hold what index() looks for");
              };
      case "count" ->
          (Callable)
              (values, named) -> {
                Object wanted = new Arguments(name, values, named).require(0, "value");
                return list.stream().filter(v -> Python.equal(v, wanted)).count();
              };
      case "append", "extend", "insert", "pop", "remove", "clear", "sort", "reverse" ->
          throw TemplateFailure.of("a template may not change a list: " + name);
      default -> missing(list, name);
    };
  }

  static Undefined missing(Object owner, Object name) {
    return new Undefined(
        Python.typeName(owner)
            + (name instanceof String
                ? " has no attribute '" + name + "', which"
                : " has no such element, which"));
  }
}
