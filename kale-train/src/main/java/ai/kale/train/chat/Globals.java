package ai.kale.train.chat;

import java.time.Clock;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The functions that every chat template can call. */
final class Globals {
  private static final long MAX_RANGE = 100_000;
  private static final Map<Character, String> DATE_PATTERNS =
      Map.ofEntries(
          Map.entry('d', "dd"),
          Map.entry('m', "MM"),
          Map.entry('Y', "uuuu"),
          Map.entry('y', "uu"),
          Map.entry('B', "MMMM"),
          Map.entry('b', "MMM"),
          Map.entry('A', "EEEE"),
          Map.entry('a', "EEE"),
          Map.entry('H', "HH"),
          Map.entry('I', "hh"),
          Map.entry('M', "mm"),
          Map.entry('S', "ss"),
          Map.entry('p', "a"),
          Map.entry('j', "DDD"));

  private Globals() {}

  static Map<String, Object> with(Clock clock, Budget budget) {
    Map<String, Object> functions = new HashMap<>();
    functions.put(
        "raise_exception",
        (Callable)
            (values, named) -> {
              Arguments arguments = new Arguments("raise_exception", values, named);
              throw TemplateFailure.raised(Python.str(arguments.require(0, "message")));
            });
    functions.put("namespace", (Callable) (values, named) -> namespace(values, named));
    functions.put("dict", (Callable) (values, named) -> mapping(values, named));
    functions.put("range", (Callable) (values, named) -> range(values, budget));
    functions.put(
        "strftime_now",
        (Callable)
            (values, named) -> {
              Object format = new Arguments("strftime_now", values, named).require(0, "format");
              return date(Python.text(format), ZonedDateTime.now(clock));
            });
    return functions;
  }

  private static Object namespace(List<Object> values, Map<String, Object> named) {
    Map<String, Object> start = new LinkedHashMap<>();
    for (Object value : values) {
      if (!(value instanceof Map<?, ?> map)) {
        throw TemplateFailure.of("namespace() wants a mapping, not " + Python.typeName(value));
      }
      map.forEach((key, element) -> start.put(Python.text(key), element));
    }
    start.putAll(named);
    return new Namespace(start);
  }

  private static Object mapping(List<Object> values, Map<String, Object> named) {
    Map<Object, Object> map = new LinkedHashMap<>();
    for (Object value : values) {
      if (!(value instanceof Map<?, ?> other)) {
        throw TemplateFailure.of("dict() wants a mapping, not " + Python.typeName(value));
      }
      map.putAll(other);
    }
    map.putAll(named);
    return map;
  }

  private static Object range(List<Object> values, Budget budget) {
    if (values.isEmpty() || values.size() > 3) {
      throw TemplateFailure.of("range() wants one to three numbers");
    }
    long from = values.size() == 1 ? 0 : Python.toLong(values.get(0));
    long to = Python.toLong(values.get(values.size() == 1 ? 0 : 1));
    long step = values.size() == 3 ? Python.toLong(values.get(2)) : 1;
    if (step == 0) {
      throw TemplateFailure.of("range() wants a step other than zero");
    }
    List<Object> numbers = new ArrayList<>();
    for (long i = from; step > 0 ? i < to : i > to; i += step) {
      budget.step();
      if (numbers.size() >= MAX_RANGE) {
        throw TemplateFailure.of("range() has more than " + MAX_RANGE + " numbers");
      }
      numbers.add(i);
    }
    return numbers;
  }

  private static String date(String format, ZonedDateTime now) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c != '%' || i + 1 == format.length()) {
        text.append(c);
        continue;
      }
      char field = format.charAt(++i);
      String pattern = DATE_PATTERNS.get(field);
      if (pattern != null) {
        text.append(DateTimeFormatter.ofPattern(pattern, Locale.US).format(now));
      } else if (field == '%') {
        text.append('%');
      } else {
        throw TemplateFailure.of("strftime_now does not know %" + field);
      }
    }
    return text.toString();
  }
}
