package ai.kale.train.chat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The filters behind {@code |}. */
final class Filters {
  private static final Set<String> KNOWN =
      Set.of(
          "trim",
          "tojson",
          "length",
          "count",
          "join",
          "upper",
          "lower",
          "title",
          "capitalize",
          "first",
          "last",
          "list",
          "map",
          "select",
          "reject",
          "selectattr",
          "rejectattr",
          "default",
          "d",
          "items",
          "dictsort",
          "replace",
          "indent",
          "string",
          "int",
          "float",
          "abs",
          "reverse",
          "sort",
          "unique",
          "sum",
          "min",
          "max",
          "safe",
          "attr");

  private Filters() {}

  static boolean isKnown(String name) {
    return KNOWN.contains(name);
  }

  static Object apply(String name, Object value, Arguments arguments, Budget budget) {
    Object result =
        switch (name) {
          case "trim" -> trim(value, arguments);
          case "tojson" -> PythonJson.write(value, arguments, budget);
          case "length", "count" -> Python.length(value);
          case "join" -> join(value, arguments, budget);
          case "upper" -> Python.str(value).toUpperCase(Locale.ROOT);
          case "lower" -> Python.str(value).toLowerCase(Locale.ROOT);
          case "title" -> title(Python.str(value));
          case "capitalize" -> TextMethods.capitalize(Python.str(value));
          case "first" -> end(value, true);
          case "last" -> end(value, false);
          case "list" -> Python.iterate(value);
          case "map" -> ListFilters.map(value, arguments, budget);
          case "select", "reject", "selectattr", "rejectattr" ->
              ListFilters.select(name, value, arguments, budget);
          case "default", "d" -> otherwise(value, arguments);
          case "items" -> items(value);
          case "dictsort" -> ListFilters.sortedItems(value);
          case "replace" ->
              TextMethods.replace(
                  Python.str(value),
                  Python.str(arguments.require(0, "old")),
                  Python.str(arguments.require(1, "new")),
                  arguments.get(2, "count", None.NONE) instanceof Long n ? n : -1,
                  budget);
          case "indent" -> indent(Python.str(value), arguments, budget);
          case "string" -> Python.str(value);
          case "int" -> toInt(value, arguments);
          case "float" -> toFloat(value, arguments);
          case "abs" ->
              value instanceof Double d ? (Object) Math.abs(d) : Math.abs(Python.toLong(value));
          case "reverse" -> reversed(value);
          case "sort" -> ListFilters.sort(value, arguments, budget);
          case "unique" -> ListFilters.unique(value);
          case "sum" -> ListFilters.sum(value, arguments, budget);
          case "min", "max" -> extreme(value, name.equals("min"));
          case "attr" ->
              Attributes.attribute(value, Python.text(arguments.require(0, "name")), budget);
          default -> new SafeText(Python.str(value));
        };
    arguments.done();
    return result;
  }

  private static Object trim(Object value, Arguments arguments) {
    Object set = arguments.get(0, "chars", None.NONE);
    return Python.strip(Python.str(value), set == None.NONE ? "" : Python.text(set), true, true);
  }

  private static Object join(Object value, Arguments arguments, Budget budget) {
    String between = Python.str(arguments.get(0, "d", ""));
    Object attribute = arguments.get(1, "attribute", None.NONE);
    List<String> parts = new ArrayList<>();
    for (Object part : Python.iterate(value)) {
      Object picked =
          attribute == None.NONE ? part : ListFilters.pick(part, attribute, None.NONE, budget);
      if (picked instanceof SafeText) {
        throw TemplateFailure.of("text marked as safe can only be printed");
      }
      parts.add(Python.str(picked));
    }
    return TextMethods.join(between, parts, budget);
  }

  private static String title(String text) {
    StringBuilder out = new StringBuilder();
    boolean begins = true;
    for (int c : text.codePoints().toArray()) {
      out.append(
          begins
              ? Character.toString(Character.toTitleCase(c))
              : Character.toString(c).toLowerCase(Locale.ROOT));
      begins = Python.isSpace(c) || "-({[<".indexOf(c) >= 0;
    }
    return out.toString();
  }

  private static Object end(Object value, boolean first) {
    List<Object> all = Python.iterate(value);
    if (all.isEmpty()) {
      return new Undefined("the " + (first ? "first" : "last") + " element of nothing");
    }
    return all.get(first ? 0 : all.size() - 1);
  }

  private static Object otherwise(Object value, Arguments arguments) {
    Object other = arguments.get(0, "default_value", "");
    boolean falsy = Python.truth(arguments.get(1, "boolean", false));
    return value instanceof Undefined || (falsy && !Python.truth(value)) ? other : value;
  }

  private static Object items(Object value) {
    if (value instanceof Undefined) {
      return List.of();
    } else if (value instanceof Map<?, ?> map) {
      return MappingMethods.items(map);
    }
    throw TemplateFailure.of("items wants a mapping, not " + Python.typeName(value));
  }

  private static String indent(String text, Arguments arguments, Budget budget) {
    Object width = arguments.get(0, "width", 4L);
    boolean first = Python.truth(arguments.get(1, "first", false));
    boolean blank = Python.truth(arguments.get(2, "blank", false));
    String step = width instanceof String s ? s : " ".repeat(budget.times(1, Python.toLong(width)));
    List<String> lines = (text + '\n').lines().toList();
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      boolean indented = i == 0 ? first : blank || !lines.get(i).isEmpty();
      budget.make(step.length());
      if (i > 0) {
        out.append('\n');
      }
      out.append(indented ? step : "").append(lines.get(i));
    }
    return out.toString();
  }

  private static Object toInt(Object value, Arguments arguments) {
    Object otherwise = arguments.get(0, "default", 0L);
    if (value instanceof Double d) {
      return d.longValue();
    } else if (Python.isNumber(value)) {
      return Python.toLong(value);
    } else if (value instanceof String text) {
      String digits = Python.strip(text, "", true, true);
      if (digits.matches("[+-]?\\d{1,18}")) {
        return Long.parseLong(digits);
      } else if (digits.matches("[+-]?\\d{1,15}\\.\\d*")) {
        return (long) Double.parseDouble(digits);
      }
    }
    return otherwise;
  }

  private static Object toFloat(Object value, Arguments arguments) {
    Object otherwise = arguments.get(0, "default", 0.0);
    if (Python.isNumber(value)) {
      return Python.toDouble(value);
    } else if (value instanceof String text) {
      String digits = Python.strip(text, "", true, true);
      if (digits.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?")) {
        return Double.parseDouble(digits);
      }
    }
    return otherwise;
  }

  private static Object reversed(Object value) {
    if (value instanceof String text) {
      return new StringBuilder(text).reverse().toString();
    }
    List<Object> all = Python.iterate(value);
    Collections.reverse(all);
    return all;
  }

  private static Object extreme(Object value, boolean least) {
    List<Object> all = Python.iterate(value);
    if (all.isEmpty()) {
      return new Undefined("the extreme of nothing");
    }
    return least
        ? Collections.min(all, ListFilters.ORDER)
        : Collections.max(all, ListFilters.ORDER);
  }
}
