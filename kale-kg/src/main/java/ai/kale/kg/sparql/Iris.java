package ai.kale.kg.sparql;

/** Which ids can be written into a query as {@code <id>}. */
final class Iris {
  private Iris() {}

  /**
   * Whether an id is an absolute IRI of the characters that SPARQL 1.1 allows between angle
   * brackets (its grammar rule IRIREF): no space, control character, quote, backslash, bracket or
   * half of a surrogate pair. Everything else could change the query, so it is never written.
   */
  static boolean isSafe(String id) {
    int colon = id.indexOf(':');
    if (colon < 1 || !isLetter(id.charAt(0))) {
      return false;
    }
    for (int i = 1; i < colon; i++) {
      char c = id.charAt(i);
      if (!isLetter(c) && !(c >= '0' && c <= '9') && c != '+' && c != '-' && c != '.') {
        return false;
      }
    }
    for (int i = colon + 1; i < id.length(); i++) {
      char c = id.charAt(i);
      if (c <= ' ' || (c >= 0x7f && c < 0xa0) || "<>\"{}|^`\\".indexOf(c) >= 0) {
        return false;
      }
      if (Character.isHighSurrogate(c)) {
        i++;
        if (i == id.length() || !Character.isLowSurrogate(id.charAt(i))) {
          return false;
        }
      } else if (Character.isLowSurrogate(c)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
