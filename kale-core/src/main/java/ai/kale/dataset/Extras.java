package ai.kale.dataset;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What a data set has beside the question, under names that can be written to JSONL. */
final class Extras {
  /** The fields of {@code question/1}: nothing else may have these names. */
  static final Set<String> RESERVED =
      Set.of(
          "kale", "id", "text", "instruction", "passage", "answers", "choices", "topics", "group");

  private Extras() {}

  /** The same, with {@code source.} before the name of each field that a question has itself. */
  static Map<String, Object> of(Map<String, Object> fields) {
    Map<String, Object> extra = new LinkedHashMap<>();
    fields.forEach(
        (name, value) -> {
          String free = RESERVED.contains(name) ? "source." + name : name;
          while (extra.containsKey(free) || (!free.equals(name) && fields.containsKey(free))) {
            free = "source." + free;
          }
          extra.put(free, value);
        });
    return extra;
  }

  /** The same with one more. */
  static Map<String, Object> with(Map<String, Object> fields, String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(fields);
    more.put(name, value);
    return more;
  }
}
