package ai.kale.train.chat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The methods of texts, as Python has them. */
final class TextMethods {
  private TextMethods() {}

  static Object of(String text, String name, Budget budget) {
    budget.make(text.length());
    return switch (name) {
      case "strip" -> method(name, a -> strip(text, a, true, true));
      case "lstrip" -> method(name, a -> strip(text, a, true, false));
      case "rstrip" -> method(name, a -> strip(text, a, false, true));
      case "upper" -> method(name, a -> text.toUpperCase(Locale.ROOT));
      case "lower" -> method(name, a -> text.toLowerCase(Locale.ROOT));
      case "title" -> method(name, a -> title(text));
      case "capitalize" -> method(name, a -> capitalize(text));
      case "startswith" -> method(name, a -> options(a).stream().anyMatch(text::startsWith));
      case "endswith" -> method(name, a -> options(a).stream().anyMatch(text::endsWith));
      case "removeprefix" ->
          method(
              name,
              a -> {
                String part = Python.text(a.require(0, "prefix"));
                return text.startsWith(part) ? text.substring(part.length()) : text;
              });
      case "removesuffix" ->
          method(
              name,
              a -> {
                String part = Python.text(a.require(0, "suffix"));
                return text.endsWith(part)
                    ? text.substring(0, text.length() - part.length())
                    : text;
              });
      case "replace" ->
          method(
              name,
              a ->
                  replace(
                      text,
                      Python.text(a.require(0, "old")),
                      Python.text(a.require(1, "new")),
                      Python.toLong(a.get(2, "count", -1L)),
                      budget));
      case "split" -> method(name, a -> split(text, a));
      case "rsplit" -> method(name, a -> lastSplit(text, a));
      case "splitlines" -> method(name, a -> lines(text));
      case "find" -> method(name, a -> index(text, text.indexOf(Python.text(a.require(0, "sub")))));
      case "rfind" ->
          method(name, a -> index(text, text.lastIndexOf(Python.text(a.require(0, "sub")))));
      case "count" -> method(name, a -> count(text, Python.text(a.require(0, "sub"))));
      case "join" ->
          method(
              name,
              a -> {
                List<Object> parts = Python.iterate(a.require(0, "iterable"));
                return join(text, parts.stream().map(Python::text).toList(), budget);
              });
      case "isdigit" -> method(name, a -> all(text, Character::isDigit));
      case "isspace" -> method(name, a -> all(text, Python::isSpace));
      case "isalpha" -> method(name, a -> all(text, Character::isLetter));
      case "isalnum" -> method(name, a -> all(text, Character::isLetterOrDigit));
      default -> Attributes.missing(text, name);
    };
  }

  private static Callable method(String name, MappingMethods.Body body) {
    return MappingMethods.method(name, body);
  }

  private static boolean all(String text, java.util.function.IntPredicate test) {
    return !text.isEmpty() && text.codePoints().allMatch(test);
  }

  private static String strip(String text, Arguments arguments, boolean left, boolean right) {
    Object set = arguments.get(0, "chars", None.NONE);
    if (set == None.NONE) {
      return Python.strip(text, "", left, right);
    }
    String characters = Python.text(set);
    return characters.isEmpty() ? text : Python.strip(text, characters, left, right);
  }

  private static List<String> options(Arguments arguments) {
    Object wanted = arguments.require(0, "prefix");
    return wanted instanceof Tuple tuple
        ? tuple.stream().map(Python::text).toList()
        : List.of(Python.text(wanted));
  }

  static String capitalize(String text) {
    if (text.isEmpty()) {
      return text;
    }
    int first = text.codePointAt(0);
    int length = Character.charCount(first);
    return Character.toString(Character.toTitleCase(first))
        + text.substring(length).toLowerCase(Locale.ROOT);
  }

  private static String title(String text) {
    StringBuilder out = new StringBuilder();
    boolean inside = false;
    for (int c : text.codePoints().toArray()) {
      out.appendCodePoint(inside ? Character.toLowerCase(c) : Character.toTitleCase(c));
      inside = Character.isUpperCase(c) || Character.isLowerCase(c) || Character.isTitleCase(c);
    }
    return out.toString();
  }

  static String replace(String text, String old, String with, long count, Budget budget) {
    long found = old.isEmpty() ? Python.length(text) + 1 : count(text, old);
    long times = count < 0 ? found : Math.min(found, count);
    budget.make(text.length());
    budget.times(with.length(), times);
    StringBuilder out = new StringBuilder();
    int at = 0;
    for (long i = 0; i < times; i++) {
      int next = old.isEmpty() ? at : text.indexOf(old, at);
      out.append(text, at, next).append(with);
      at = next + old.length();
      if (old.isEmpty() && at < text.length()) {
        int c = text.codePointAt(at);
        out.appendCodePoint(c);
        at += Character.charCount(c);
      }
    }
    return out.append(text, at, text.length()).toString();
  }

  private static long count(String text, String part) {
    if (part.isEmpty()) {
      return Python.length(text) + 1;
    }
    long count = 0;
    for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
      count++;
    }
    return count;
  }

  private static long index(String text, int at) {
    return at < 0 ? -1 : text.codePointCount(0, at);
  }

  static String join(String between, List<String> parts, Budget budget) {
    budget.times(between.length(), parts.size());
    parts.forEach(part -> budget.make(part.length()));
    return String.join(between, parts);
  }

  private static List<Object> split(String text, Arguments arguments) {
    Object separator = arguments.get(0, "sep", None.NONE);
    long most = Python.toLong(arguments.get(1, "maxsplit", -1L));
    if (separator == None.NONE) {
      return words(text, most);
    }
    String between = separator(separator);
    List<Object> parts = new ArrayList<>();
    int at = 0;
    for (int next = text.indexOf(between); next >= 0 && most != 0; most--) {
      parts.add(text.substring(at, next));
      at = next + between.length();
      next = text.indexOf(between, at);
    }
    parts.add(text.substring(at));
    return parts;
  }

  private static String separator(Object value) {
    String between = Python.text(value);
    if (between.isEmpty()) {
      throw TemplateFailure.of("split() wants a separator that is not empty");
    }
    return between;
  }

  private static List<Object> words(String text, long most) {
    List<Object> parts = new ArrayList<>();
    String rest = Python.strip(text, "", true, false);
    while (!rest.isEmpty()) {
      int end = 0;
      while (end < rest.length() && !Python.isSpace(rest.charAt(end))) {
        end++;
      }
      if (most == 0) {
        parts.add(Python.strip(rest, "", false, true));
        return parts;
      }
      parts.add(rest.substring(0, end));
      rest = Python.strip(rest.substring(end), "", true, false);
      most--;
    }
    return parts;
  }

  private static List<Object> lastSplit(String text, Arguments arguments) {
    String between = separator(arguments.require(0, "sep"));
    long most = Python.toLong(arguments.get(1, "maxsplit", -1L));
    List<Object> parts = new ArrayList<>();
    int end = text.length();
    while (most != 0) {
      int at = text.lastIndexOf(between, end - between.length());
      if (at < 0 || end < between.length()) {
        break;
      }
      parts.add(0, text.substring(at + between.length(), end));
      end = at;
      most--;
    }
    parts.add(0, text.substring(0, end));
    return parts;
  }

  private static List<Object> lines(String text) {
    String[] lines = text.split("\r\n|[\n\r\u000b\u000c\u001c\u001d\u001e\u0085\u2028\u2029]", -1);
    List<Object> all = new ArrayList<>(Arrays.asList(lines));
    if (all.get(all.size() - 1).equals("")) {
      all.remove(all.size() - 1);
    }
    return all;
  }
}
