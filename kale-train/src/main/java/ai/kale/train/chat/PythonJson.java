package ai.kale.train.chat;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** JSON as Python's {@code json.dumps} writes it, non-ASCII characters as they are. */
final class PythonJson {
  private static final int MAX_NESTING = 100;

  private final StringBuilder out = new StringBuilder();
  private final Budget budget;
  private final boolean ascii;
  private final boolean sorted;
  private final String indent;
  private final String comma;
  private final String colon;

  private PythonJson(
      Budget budget, boolean ascii, boolean sorted, String indent, String comma, String colon) {
    this.budget = budget;
    this.ascii = ascii;
    this.sorted = sorted;
    this.indent = indent;
    this.comma = comma;
    this.colon = colon;
  }

  /** The filter {@code tojson}. */
  static String write(Object value, Arguments arguments, Budget budget) {
    boolean ascii = Python.truth(arguments.get(0, "ensure_ascii", false));
    Object indent = arguments.get(1, "indent", None.NONE);
    Object separators = arguments.get(2, "separators", None.NONE);
    boolean sorted = Python.truth(arguments.get(3, "sort_keys", false));
    boolean lines = indent != None.NONE;
    String step = "";
    if (indent instanceof String text) {
      step = text;
    } else if (lines) {
      step = " ".repeat(Math.max(0, Math.min(Python.toInt(indent), MAX_NESTING)));
    }
    String comma = lines ? "," : ", ";
    String colon = ": ";
    if (separators instanceof List<?> pair && pair.size() == 2) {
      comma = Python.text(pair.get(0));
      colon = Python.text(pair.get(1));
    } else if (separators != None.NONE) {
      throw TemplateFailure.of("tojson wants two separators");
    }
    PythonJson json = new PythonJson(budget, ascii, sorted, lines ? "\n" + step : "", comma, colon);
    json.value(value, 0);
    return json.out.toString();
  }

  private void value(Object value, int depth) {
    budget.step();
    if (depth > MAX_NESTING) {
      throw TemplateFailure.of("tojson nests more than " + MAX_NESTING + " deep");
    }
    if (value instanceof String text) {
      string(text);
    } else if (value instanceof Map<?, ?> map) {
      mapping(map, depth);
    } else if (value instanceof Collection<?> list) {
      list(list, depth);
    } else if (value instanceof Double d) {
      String text = Python.number(d);
      out.append(
          switch (text) {
            case "nan" -> "NaN";
            case "inf" -> "Infinity";
            case "-inf" -> "-Infinity";
            default -> text;
          });
    } else if (value instanceof Long || value instanceof Boolean || value == None.NONE) {
      out.append(simple(value));
    } else {
      throw TemplateFailure.of("tojson cannot write " + Python.typeName(value));
    }
  }

  private static String simple(Object value) {
    return value == None.NONE ? "null" : value.toString();
  }

  private void list(Collection<?> list, int depth) {
    out.append('[');
    for (Iterator<?> i = list.iterator(); i.hasNext(); ) {
      line(depth + 1);
      value(i.next(), depth + 1);
      out.append(i.hasNext() ? comma : "");
    }
    close(']', list.isEmpty(), depth);
  }

  private void mapping(Map<?, ?> map, int depth) {
    out.append('{');
    Map<?, ?> entries = map;
    if (sorted) {
      Map<Object, Object> ordered = new TreeMap<>(Python::compare);
      ordered.putAll(map);
      entries = ordered;
    }
    for (Iterator<? extends Map.Entry<?, ?>> i = entries.entrySet().iterator(); i.hasNext(); ) {
      Map.Entry<?, ?> entry = i.next();
      line(depth + 1);
      Object key = entry.getKey();
      if (key instanceof String text) {
        string(text);
      } else if (key instanceof Long || key == None.NONE) {
        out.append('"').append(simple(key)).append('"');
      } else {
        throw TemplateFailure.of("tojson cannot write the key " + Python.typeName(key));
      }
      out.append(colon);
      value(entry.getValue(), depth + 1);
      out.append(i.hasNext() ? comma : "");
    }
    close('}', map.isEmpty(), depth);
  }

  private void close(char bracket, boolean empty, int depth) {
    if (!empty) {
      line(depth);
    }
    out.append(bracket);
  }

  private void line(int depth) {
    if (!indent.isEmpty()) {
      budget.make((long) depth * indent.length());
      out.append('\n').append(indent.substring(1).repeat(depth));
    }
  }

  private void string(String text) {
    budget.make(2L * text.length());
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\f' -> out.append("\\f");
        case '\b' -> out.append("\\b");
        default -> {
          if (c < ' ' || (ascii && c > '~')) {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
