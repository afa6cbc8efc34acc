package ai.kale.kg.rdf;

import java.util.Locale;

/** Literals as N-Triples writes them in its canonical form. */
final class RdfLiterals {
  static final String STRING = "http://www.w3.org/2001/XMLSchema#string";
  static final String LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString";

  private RdfLiterals() {}

  /** The id of a literal. Tags that differ in case only are the same, so they are lower case. */
  static String id(String text, String language, String datatype) {
    return write(text, language.toLowerCase(Locale.ROOT), datatype);
  }

  /** A literal with its language tag as it stands. */
  static String write(String text, String language, String datatype) {
    StringBuilder id = new StringBuilder(text.length() + 16).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> id.append("\\\"");
        case '\\' -> id.append("\\\\");
        case '\n' -> id.append("\\n");
        case '\r' -> id.append("\\r");
        default -> id.append(c);
      }
    }
    id.append('"');
    if (!language.isEmpty()) {
      id.append('@').append(language);
    } else if (!datatype.isEmpty() && !datatype.equals(STRING) && !datatype.equals(LANG_STRING)) {
      id.append("^^<").append(datatype).append('>');
    }
    return id.toString();
  }
}
