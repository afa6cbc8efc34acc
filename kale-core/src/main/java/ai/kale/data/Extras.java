package ai.kale.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Copies of unknown JSON fields. */
final class Extras {
  private Extras() {}

  static Map<String, Object> copy(Map<String, Object> extra) {
    return extra.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(extra));
  }
}
