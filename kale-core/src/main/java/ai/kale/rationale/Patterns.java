package ai.kale.rationale;

import java.util.Map;

/** Fills named places of a text, and hashes texts. */
final class Patterns {
  private Patterns() {}

  /** Replaces each {@code {name}} in one pass; what is put in is not looked at again. */
  static String fill(String pattern, Map<String, String> values) {
    StringBuilder filled = new StringBuilder(pattern.length() + 64);
    int i = 0;
    while (i < pattern.length()) {
      int close = pattern.charAt(i) == '{' ? pattern.indexOf('}', i) : -1;
      String value = close < 0 ? null : values.get(pattern.substring(i + 1, close));
      if (value == null) {
        filled.append(pattern.charAt(i++));
      } else {
        filled.append(value);
        i = close + 1;
      }
    }
    return filled.toString();
  }
}
