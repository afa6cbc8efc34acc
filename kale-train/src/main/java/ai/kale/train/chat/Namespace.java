package ai.kale.train.chat;

import java.util.LinkedHashMap;
import java.util.Map;

/** What {@code namespace()} makes: the only value that a template can change. */
final class Namespace {
  private final Map<String, Object> values = new LinkedHashMap<>();

  Namespace(Map<String, Object> values) {
    this.values.putAll(values);
  }

  Object get(String name) {
    Object value = values.get(name);
    return value == null ? new Undefined("namespace." + name) : value;
  }

  void set(String name, Object value) {
    values.put(name, value);
  }
}
