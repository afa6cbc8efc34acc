package ai.kale.kg.io;

import java.nio.charset.StandardCharsets;

/**
 * Finds the terms of an N-Triples or N-Quads line in the form nearly all lines have: usual {@code
 * http} IRIs, a literal without escapes, single spaces, a full stop at the end. Such a line means
 * the same to every parser; any other is left to one. One pass over the bytes, nothing copied.
 */
final class TermScanner {
  private static final boolean[] HOST = marks("-.");
  private static final boolean[] PATH = marks("-._~!$&'()*+,;=:@/?");
  private static final boolean[] LETTER = letters();
  private static final byte[] HTTP = "http".getBytes(StandardCharsets.US_ASCII);

  int subjectFrom;
  int subjectTo;
  int predicateFrom;
  int predicateTo;

  /** The object's IRI, or the text of a literal. */
  int objectFrom;

  int objectTo;
  boolean literal;

  /** The language of a literal; empty where there is none. */
  int languageFrom;

  int languageTo;

  /** The datatype of a literal; empty where there is none. */
  int datatypeFrom;

  int datatypeTo;

  /** The named graph; empty where there is none. */
  int graphFrom;

  int graphTo;

  private byte[] bytes = new byte[0];
  private int end;
  private int at;

  private static boolean[] letters() {
    boolean[] marks = new boolean[256];
    for (char c = 'a'; c <= 'z'; c++) {
      marks[c] = true;
      marks[c - 'a' + 'A'] = true;
    }
    return marks;
  }

  private static boolean[] marks(String extra) {
    boolean[] marks = letters();
    for (char c = '0'; c <= '9'; c++) {
      marks[c] = true;
    }
    for (int i = 0; i < extra.length(); i++) {
      marks[extra.charAt(i)] = true;
    }
    return marks;
  }

  /** Whether the line has the common form; if so, the fields tell where its terms are. */
  boolean scan(byte[] line, int from, int to) {
    bytes = line;
    end = to;
    at = from;
    subjectFrom = at + 1;
    if (!iri() || !space()) {
      return false;
    }
    subjectTo = at - 2;
    predicateFrom = at + 1;
    if (!iri() || !space()) {
      return false;
    }
    predicateTo = at - 2;
    return object() && space() && graph() && at + 1 == end && bytes[at] == '.';
  }

  private boolean space() {
    return at < end && bytes[at++] == ' ';
  }

  private boolean object() {
    languageFrom = languageTo = datatypeFrom = datatypeTo = 0;
    literal = at < end && bytes[at] == '"';
    objectFrom = at + 1;
    if (!literal) {
      boolean found = iri();
      objectTo = at - 1;
      return found;
    }
    return text() && suffix();
  }

  private boolean text() {
    int all = 0;
    int i = at + 1;
    while (i < end && bytes[i] != '"') {
      if (bytes[i] == '\\' || bytes[i] == '\r') {
        return false;
      }
      all |= bytes[i++];
    }
    objectTo = i;
    at = i + 1;
    return i < end && (all >= 0 || Utf8.decode(bytes, objectFrom, objectTo) != null);
  }

  private boolean suffix() {
    if (at < end && bytes[at] == '@') {
      return tag();
    }
    if (at + 1 < end && bytes[at] == '^' && bytes[at + 1] == '^') {
      at += 2;
      datatypeFrom = at + 1;
      boolean found = iri();
      datatypeTo = at - 1;
      return found;
    }
    return true;
  }

  /** Passes over the usual tags: a language, perhaps with a country or a script. */
  private boolean tag() {
    languageFrom = at + 1;
    int language = letters(languageFrom);
    languageTo = languageFrom + language;
    boolean good = language == 2 || language == 3;
    if (good && languageTo < end && bytes[languageTo] == '-') {
      int more = letters(languageTo + 1);
      languageTo += 1 + more;
      good = more == 2 || more == 4;
    }
    at = languageTo;
    return good;
  }

  private int letters(int from) {
    int i = from;
    while (i < end && LETTER[bytes[i] & 0xff]) {
      i++;
    }
    return i - from;
  }

  private boolean graph() {
    graphFrom = graphTo = 0;
    if (at < end && bytes[at] == '<') {
      graphFrom = at + 1;
      boolean found = iri() && space();
      graphTo = at - 2;
      return found;
    }
    return true;
  }

  /** Passes over {@code <http(s)://host/path#fragment>}. */
  private boolean iri() {
    int i = at + 1 + HTTP.length;
    if (i >= end || bytes[at] != '<') {
      return false;
    }
    for (int k = 0; k < HTTP.length; k++) {
      if (bytes[at + 1 + k] != HTTP[k]) {
        return false;
      }
    }
    if (bytes[i] == 's') {
      i++;
    }
    if (i + 3 >= end || bytes[i] != ':' || bytes[i + 1] != '/' || bytes[i + 2] != '/') {
      return false;
    }
    i += 3;
    int host = i;
    while (i < end && HOST[bytes[i] & 0xff]) {
      i++;
    }
    if (i == host || i >= end || bytes[i] != '/') {
      return false;
    }
    i = path(i);
    if (i < end && bytes[i] == '#') {
      i = path(i + 1);
    }
    at = i + 1;
    return i < end && bytes[i] == '>';
  }

  /** Passes over path, query or fragment: plain characters, percent escapes, most letters. */
  private int path(int from) {
    int i = from;
    while (i < end) {
      int c = bytes[i] & 0xff;
      if (PATH[c]) {
        i++;
      } else if (c == '%' && i + 2 < end && isHex(bytes[i + 1]) && isHex(bytes[i + 2])) {
        i += 3;
      } else if (c >= 0xc3 && c <= 0xdf && i + 1 < end && isRest(bytes[i + 1])) {
        i += 2; // U+00C0 to U+07FF
      } else if (c >= 0xe1
          && c <= 0xec
          && i + 2 < end
          && isRest(bytes[i + 1])
          && isRest(bytes[i + 2])) {
        i += 3; // U+1000 to U+CFFF
      } else {
        return i;
      }
    }
    return i;
  }

  private static boolean isHex(byte c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }

  private static boolean isRest(byte c) {
    return (c & 0xc0) == 0x80;
  }
}
