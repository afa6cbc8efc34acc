package ai.kale.kg.sparql;

/** Which ids can be written into a query as {@code <id>}. */
final class QueryIris {
  private QueryIris() {}

  /**
   * Whether an id is an absolute IRI of the characters that SPARQL 1.1 allows between angle
   * brackets (its grammar rule IRIREF): no space, control character, quote, backslash, bracket or
   * half of a surrogate pair. Everything else could change the query, so it is never written.
   * Neither is an IRI with the path segments {@code .} or {@code ..}: resolving it, which SPARQL
   * demands, makes another IRI of it.
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
    return !hasDotSegment(id, colon + 1);
  }

  private static boolean hasDotSegment(String id, int from) {
    int start = from;
    for (int i = from; i <= id.length(); i++) {
      char c = i == id.length() ? '#' : id.charAt(i);
      if (c == '/' || c == '?' || c == '#') {
        String segment = id.substring(start, i);
        if (segment.equals(".") || segment.equals("..")) {
          return true;
        }
        if (c != '/') {
          return false;
        }
        start = i + 1;
      }
    }
    return false;
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
