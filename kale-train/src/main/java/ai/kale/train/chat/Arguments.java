package ai.kale.train.chat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a filter, test or method is called with; every argument must be asked for. */
final class Arguments {
  private final String owner;
  private final List<Object> values;
  private final Map<String, Object> named;
  private final Set<String> used = new HashSet<>();
  private int last;

  Arguments(String owner, List<Object> values, Map<String, Object> named) {
    this.owner = owner;
    this.values = values;
    this.named = named;
  }

  /** The argument of a place or name, or what stands for it. */
  Object get(int place, String name, Object otherwise) {
    last = Math.max(last, place + 1);
    used.add(name);
    if (place < values.size()) {
      return values.get(place);
    }
    return named.getOrDefault(name, otherwise);
  }

  /** An argument that must be there. */
  Object require(int place, String name) {
    Object value = get(place, name, new Undefined(name));
    if (place >= values.size() && !named.containsKey(name)) {
      throw TemplateFailure.of(owner + " wants an argument " + name);
    }
    return value;
  }

  boolean has(String name) {
    used.add(name);
    return named.containsKey(name);
  }

  /** All places from one on. */
  List<Object> rest(int from) {
    last = Math.max(last, values.size());
    return values.size() <= from ? List.of() : values.subList(from, values.size());
  }

  Map<String, Object> named() {
    used.addAll(named.keySet());
    return named;
  }

  int count() {
    return values.size();
  }

  /** Fails if an argument was not asked for. */
  void done() {
    if (values.size() > last || !used.containsAll(named.keySet())) {
      throw TemplateFailure.of(
          owner
              + " is given arguments that are not supported: "
              + values.size()
              + " and "
              + named.keySet());
    }
  }
}
