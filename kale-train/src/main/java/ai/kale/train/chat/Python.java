package ai.kale.train.chat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** Python's rules for values: what is true, what is equal, and how values are written. */
final class Python {
  private static final int MAX_NESTING = 100;
  private static final int PLAIN_DIGITS = 16;
  private static final int PLAIN_ZEROS = -4;

  private Python() {}

  static boolean truth(Object value) {
    if (value instanceof Boolean b) {
      return b;
    } else if (value instanceof Long l) {
      return l != 0;
    } else if (value instanceof Double d) {
      return d != 0;
    } else if (value instanceof String s) {
      return !s.isEmpty();
    } else if (value instanceof SafeText s) {
      return !s.text().isEmpty();
    } else if (value instanceof Collection<?> c) {
      return !c.isEmpty();
    } else if (value instanceof Map<?, ?> m) {
      return !m.isEmpty();
    }
    return value != None.NONE && !(value instanceof Undefined);
  }

  /** What is printed. */
  static String str(Object value) {
    if (value instanceof String s) {
      return s;
    } else if (value instanceof SafeText s) {
      return s.text();
    } else if (value instanceof Undefined) {
      return "";
    }
    return repr(value, 0);
  }

  static String repr(Object value) {
    return repr(value, 0);
  }

  private static String repr(Object value, int depth) {
    if (depth > MAX_NESTING) {
      throw TemplateFailure.of("it prints values that nest more than " + MAX_NESTING + " deep");
    }
    if (value instanceof String s) {
      return quoted(s);
    } else if (value instanceof Boolean b) {
      return b ? "True" : "False";
    } else if (value == None.NONE) {
      return "None";
    } else if (value instanceof Long l) {
      return Long.toString(l);
    } else if (value instanceof Double d) {
      return number(d);
    } else if (value instanceof Tuple t) {
      return t.size() == 1 ? "(" + repr(t.get(0), depth + 1) + ",)" : joined(t, "(", ")", depth);
    } else if (value instanceof Collection<?> c) {
      return joined(c, "[", "]", depth);
    } else if (value instanceof Map<?, ?> m) {
      StringJoiner text = new StringJoiner(", ", "{", "}");
      for (Map.Entry<?, ?> entry : m.entrySet()) {
        text.add(repr(entry.getKey(), depth + 1) + ": " + repr(entry.getValue(), depth + 1));
      }
      return text.toString();
    }
    throw TemplateFailure.of("it prints " + typeName(value) + ", which has no text of its own");
  }

  private static String joined(Collection<?> values, String open, String close, int depth) {
    StringJoiner text = new StringJoiner(", ", open, close);
    values.forEach(v -> text.add(repr(v, depth + 1)));
    return text.toString();
  }

  private static String quoted(String text) {
    char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
    StringBuilder out = new StringBuilder().append(quote);
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\\' -> out.append("\\\\");
                default -> {
                  if (c == quote) {
                    out.append('\\').append(quote);
                  } else if (c < ' ' || (c >= 0x7f && c < 0xa1) || c == 0xad) {
                    out.append(String.format("\\x%02x", c));
                  } else if (c > 0xff && !isPrintable(c)) {
                    out.append(String.format(c > 0xffff ? "\\U%08x" : "\\u%04x", c));
                  } else {
                    out.appendCodePoint(c);
                  }
                }
              }
            });
    return out.append(quote).toString();
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SPACE_SEPARATOR ->
          false;
      default -> true;
    };
  }

  static String number(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    } else if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    } else if (value == 0) {
      return 1 / value < 0 ? "-0.0" : "0.0";
    }
    BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    int exponent = decimal.precision() - decimal.scale() - 1;
    if (exponent >= PLAIN_ZEROS && exponent < PLAIN_DIGITS) {
      String text = decimal.toPlainString();
      return text.indexOf('.') < 0 ? text + ".0" : text;
    }
    String digits = decimal.unscaledValue().abs().toString();
    String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
    String power = (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "");
    return (value < 0 ? "-" : "") + digits.charAt(0) + fraction + "e" + power + Math.abs(exponent);
  }

  static boolean equal(Object a, Object b) {
    return equal(a, b, 0);
  }

  private static boolean equal(Object a, Object b, int depth) {
    if (depth > MAX_NESTING) {
      throw TemplateFailure.of("it compares values that nest more than " + MAX_NESTING + " deep");
    }
    if (isNumber(a) && isNumber(b)) {
      return anyFloat(a, b) ? toDouble(a) == toDouble(b) : toLong(a) == toLong(b);
    } else if (a instanceof List<?> x && b instanceof List<?> y) {
      return (x instanceof Tuple) == (y instanceof Tuple) && equalAll(x, y, depth);
    } else if (a instanceof Map<?, ?> x && b instanceof Map<?, ?> y) {
      return x.size() == y.size()
          && x.entrySet().stream()
              .allMatch(
                  e -> {
                    Object other = y.get(e.getKey());
                    return other != null && equal(e.getValue(), other, depth + 1);
                  });
    } else if (a instanceof Undefined && b instanceof Undefined) {
      return true;
    } else if (a instanceof SafeText || b instanceof SafeText) {
      return str(a).equals(str(b));
    }
    return a.equals(b);
  }

  private static boolean equalAll(List<?> a, List<?> b, int depth) {
    Iterator<?> other = b.iterator();
    return a.size() == b.size()
        && a.stream().allMatch(value -> equal(value, other.next(), depth + 1));
  }

  /** Order, for {@code <} and sorting. */
  static int compare(Object a, Object b) {
    if (isNumber(a) && isNumber(b)) {
      return anyFloat(a, b)
          ? Double.compare(toDouble(a), toDouble(b))
          : Long.compare(toLong(a), toLong(b));
    } else if (a instanceof String x && b instanceof String y) {
      int[] left = x.codePoints().toArray();
      return java.util.Arrays.compare(left, y.codePoints().toArray());
    }
    throw TemplateFailure.of(typeName(a) + " and " + typeName(b) + " have no order");
  }

  static boolean contains(Object container, Object item) {
    if (container instanceof String text) {
      if (item instanceof String part) {
        return text.contains(part);
      }
      throw TemplateFailure.of("a text can hold text only, not " + typeName(item));
    } else if (container instanceof Map<?, ?> map) {
      return map.containsKey(key(item));
    }
    return iterate(container).stream().anyMatch(value -> equal(value, item));
  }

  /** The elements that a loop goes through. */
  static List<Object> iterate(Object value) {
    if (value instanceof Collection<?> c) {
      return new ArrayList<>(c);
    } else if (value instanceof Map<?, ?> m) {
      return new ArrayList<>(m.keySet());
    } else if (value instanceof String s) {
      List<Object> characters = new ArrayList<>();
      s.codePoints().forEach(c -> characters.add(Character.toString(c)));
      return characters;
    } else if (value instanceof Undefined) {
      return List.of();
    }
    throw TemplateFailure.of(typeName(value) + " is not a list");
  }

  static long length(Object value) {
    if (value instanceof Collection<?> c) {
      return c.size();
    } else if (value instanceof Map<?, ?> m) {
      return m.size();
    } else if (value instanceof String s) {
      return s.codePointCount(0, s.length());
    } else if (value instanceof Undefined) {
      return 0;
    }
    throw TemplateFailure.of(typeName(value) + " has no length");
  }

  /** What a mapping is asked with: numbers that are equal are one key. */
  static Object key(Object value) {
    if (value instanceof Boolean b) {
      return b ? 1L : 0L;
    } else if (value instanceof Double d && d == Math.rint(d) && Math.abs(d) < Long.MAX_VALUE) {
      return d.longValue();
    } else if (value instanceof List<?> || value instanceof Map<?, ?>) {
      throw TemplateFailure.of(typeName(value) + " cannot be a key");
    }
    return value;
  }

  static boolean isNumber(Object value) {
    return value instanceof Long || value instanceof Double || value instanceof Boolean;
  }

  static boolean anyFloat(Object a, Object b) {
    return a instanceof Double || b instanceof Double;
  }

  static double toDouble(Object value) {
    return value instanceof Double d ? d : (double) toLong(value);
  }

  static long toLong(Object value) {
    if (value instanceof Long l) {
      return l;
    } else if (value instanceof Boolean b) {
      return b ? 1 : 0;
    }
    throw TemplateFailure.of(typeName(value) + " is not an integer");
  }

  static int toInt(Object value) {
    long number = toLong(value);
    return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, number));
  }

  static String text(Object value) {
    if (value instanceof String s) {
      return s;
    }
    throw TemplateFailure.of("a text is expected, not " + typeName(value));
  }

  static boolean isSpace(int c) {
    return (c >= 0x09 && c <= 0x0d)
        || (c >= 0x1c && c <= 0x20)
        || c == 0x85
        || Character.isSpaceChar(c);
  }

  static String typeName(Object value) {
    if (value instanceof Undefined u) {
      return u.what() + " (undefined)";
    } else if (value instanceof String || value instanceof SafeText) {
      return "a text";
    } else if (value instanceof Boolean) {
      return "a truth value";
    } else if (isNumber(value)) {
      return "a number";
    } else if (value instanceof List<?>) {
      return "a list";
    } else if (value instanceof Map<?, ?>) {
      return "a mapping";
    } else if (value == None.NONE) {
      return "None";
    }
    return value instanceof Callable ? "a function" : "an object";
  }

  /** Removes characters from the ends of a text; an empty set stands for white space. */
  static String strip(String text, String set, boolean left, boolean right) {
    int[] codes = text.codePoints().toArray();
    int from = 0;
    int to = codes.length;
    while (left && from < to && isIn(codes[from], set)) {
      from++;
    }
    while (right && to > from && isIn(codes[to - 1], set)) {
      to--;
    }
    return new String(codes, from, to - from);
  }

  private static boolean isIn(int c, String set) {
    return set.isEmpty() ? isSpace(c) : set.indexOf(c) >= 0;
  }
}
