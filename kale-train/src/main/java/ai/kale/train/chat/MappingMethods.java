package ai.kale.train.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The methods of mappings. */
final class MappingMethods {
  private MappingMethods() {}

  static Object of(Map<?, ?> map, String name) {
    return switch (name) {
      case "items" -> method(name, arguments -> items(map));
      case "keys" -> method(name, arguments -> new ArrayList<Object>(map.keySet()));
      case "values" -> method(name, arguments -> new ArrayList<Object>(map.values()));
      case "copy" -> method(name, arguments -> map);
      case "get" ->
          method(
              name,
              arguments -> {
                Object value = map.get(Python.key(arguments.require(0, "key")));
                Object otherwise = arguments.get(1, "default", None.NONE);
                return value == null ? otherwise : value;
              });
      case "update", "pop", "popitem", "clear", "setdefault" ->
          throw TemplateFailure.of("a template may not change a mapping: " + name);
      default -> new Undefined(name);
    };
  }

  static List<Object> items(Map<?, ?> map) {
    List<Object> items = new ArrayList<>();
    map.forEach((key, value) -> items.add(new Tuple(List.of(key, value))));
    return items;
  }

  /** A method's body. */
  interface Body {
    Object apply(Arguments arguments);
  }

  static Callable method(String name, Body body) {
    return (values, named) -> {
      Arguments arguments = new Arguments(name + "()", values, named);
      Object result = body.apply(arguments);
      arguments.done();
      return result;
    };
  }
}
