package ai.kale.kg.io;

import java.net.URISyntaxException;
import org.eclipse.rdf4j.common.net.ParsedIRI;

/** Checks the syntax of IRIs; the common kind in one pass over its characters. */
final class Iris {
  private static final boolean[] HOST = marks("-.");
  private static final boolean[] PATH = marks("-._~!$&'()*+,;=:@/");

  private static final boolean[] FORBIDDEN = forbidden();

  private Iris() {}

  private static boolean[] forbidden() {
    boolean[] marks = new boolean[128];
    for (int c = 0; c <= ' '; c++) {
      marks[c] = true;
    }
    for (char c : "<>\"{}|^`\\".toCharArray()) {
      marks[c] = true;
    }
    return marks;
  }

  private static boolean[] marks(String extra) {
    boolean[] marks = new boolean[128];
    for (char c = 'a'; c <= 'z'; c++) {
      marks[c] = true;
      marks[Character.toUpperCase(c)] = true;
    }
    for (char c = '0'; c <= '9'; c++) {
      marks[c] = true;
    }
    for (int i = 0; i < extra.length(); i++) {
      marks[extra.charAt(i)] = true;
    }
    return marks;
  }

  /** What is wrong with an absolute IRI, or empty. */
  static String problem(String iri) {
    return isPlain(iri) ? "" : examine(iri);
  }

  /** Whether it is {@code http(s)://host/path#fragment} of unreserved and plain characters. */
  private static boolean isPlain(String iri) {
    if (!iri.startsWith("http")) {
      return false;
    }
    int length = iri.length();
    int i = 4;
    if (i < length && iri.charAt(i) == 's') {
      i++;
    }
    if (!iri.startsWith("://", i)) {
      return false;
    }
    i += 3;
    int host = i;
    while (i < length && isOf(HOST, iri.charAt(i))) {
      i++;
    }
    if (i == host || i == length || iri.charAt(i) != '/') {
      return false;
    }
    boolean fragment = false;
    for (; i < length; i++) {
      char c = iri.charAt(i);
      if (c == '#' && !fragment) {
        fragment = true;
      } else if (!isOf(PATH, c)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isOf(boolean[] marks, char c) {
    return c < 128 && marks[c];
  }

  private static String examine(String iri) {
    for (int i = 0; i < iri.length(); i++) {
      char c = iri.charAt(i);
      if (isOf(FORBIDDEN, c)) {
        return String.format("the character U+%04X must not stand in an IRI", (int) c);
      }
    }
    try {
      return new ParsedIRI(iri).isAbsolute()
          ? ""
          : "it is relative; if the file names no base, RdfOptions.withBase can";
    } catch (URISyntaxException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
