package ai.kale.train.chat;

import java.util.ArrayList;
import java.util.List;

/** {@code value[from:to:step]} of texts, by code points, and lists. */
final class Slices {
  private Slices() {}

  static Object of(Object value, Object from, Object to, Object step, Budget budget) {
    if (value instanceof Undefined u) {
      throw u.failure();
    }
    boolean text = value instanceof String;
    if (!text && !(value instanceof List<?>)) {
      throw TemplateFailure.of(Python.typeName(value) + " has no slices");
    }
    List<Object> all = Python.iterate(value);
    int by = step == None.NONE ? 1 : Python.toInt(step);
    if (by == 0) {
      throw TemplateFailure.of("a slice has a step of zero");
    }
    int size = all.size();
    int first = bound(from, by > 0 ? 0 : size - 1, size, by);
    int last = bound(to, by > 0 ? size : -1, size, by);
    List<Object> part = new ArrayList<>();
    for (long i = first; by > 0 ? i < last : i > last; i += by) {
      part.add(all.get((int) i));
    }
    budget.make(part.size());
    if (text) {
      StringBuilder joined = new StringBuilder();
      part.forEach(joined::append);
      return joined.toString();
    }
    return value instanceof Tuple ? new Tuple(part) : part;
  }

  private static int bound(Object value, int otherwise, int size, int step) {
    if (value == None.NONE) {
      return otherwise;
    }
    int index = Python.toInt(value);
    int fromStart = index < 0 ? index + size : index;
    int least = step > 0 ? 0 : -1;
    return Math.max(least, Math.min(fromStart, step > 0 ? size : size - 1));
  }
}
