package ai.kale.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The place of a value in a record: a field's name, or names joined by dots. A list on the way
 * stands for all its items.
 *
 * @param name as written in the mapping
 */
record FieldPath(String name) {
  /** The texts there; nothing where the field is missing or null. */
  Optional<List<String>> texts(Map<String, Object> record) {
    List<String> found = new ArrayList<>();
    boolean there =
        record.containsKey(name)
            ? collect(record.get(name), List.of(), found)
            : collect(record, List.of(name.split("\\.", -1)), found);
    return there ? Optional.of(found) : Optional.empty();
  }

  private static boolean collect(@Nullable Object value, List<String> path, List<String> found) {
    if (value instanceof List<?> list) {
      boolean there = path.isEmpty();
      for (Object item : list) {
        there |= collect(item, path, found);
      }
      return there;
    }
    if (!path.isEmpty()) {
      return value instanceof Map<?, ?> map
          && collect(map.get(path.get(0)), path.subList(1, path.size()), found);
    }
    if (value == null) {
      return false;
    }
    if (value instanceof Map<?, ?>) {
      throw new IllegalArgumentException("must be a text or a list of texts but is " + value);
    }
    found.add(value.toString());
    return true;
  }

  /** Takes the value out of a record that can be changed, and what is empty without it. */
  void remove(Map<String, Object> record) {
    if (record.remove(name) == null) {
      remove(record, List.of(name.split("\\.", -1)));
    }
  }

  private static boolean remove(@Nullable Object value, List<String> path) {
    if (value instanceof List<?> list) {
      boolean empty = !list.isEmpty();
      for (Object item : list) {
        empty &= remove(item, path);
      }
      return empty;
    }
    if (!(value instanceof Map<?, ?> map)) {
      return false;
    }
    String first = path.get(0);
    if (path.size() == 1 || remove(map.get(first), path.subList(1, path.size()))) {
      map.remove(first);
    }
    return map.isEmpty();
  }
}
