package ai.kale.kg.rdf;

import java.util.Optional;

/**
 * A literal, and its form as the id of an entity: as N-Triples writes it, such as {@code "Kismet"},
 * {@code "Kismet"@en} or {@code "7"^^<http://www.w3.org/2001/XMLSchema#integer>}.
 *
 * @param text the lexical form
 * @param language its language tag, or empty
 * @param datatype the IRI of its datatype; empty for strings and where there is a language
 */
public record RdfLiteral(String text, String language, String datatype) {
  /** Leaves out the datatype where it says nothing. */
  public RdfLiteral {
    boolean said =
        language.isEmpty()
            && !datatype.equals(RdfLiterals.STRING)
            && !datatype.equals(RdfLiterals.LANG_STRING);
    datatype = said ? datatype : "";
  }

  /**
   * Reads an id; O(its length).
   *
   * @param id possibly the id of a literal
   * @return the literal, or empty if the id is not of that form
   */
  public static Optional<RdfLiteral> parse(String id) {
    int end = id.lastIndexOf('"');
    if (end < 1 || id.charAt(0) != '"') {
      return Optional.empty();
    }
    Optional<String> text = unescape(id.substring(1, end));
    String rest = id.substring(end + 1);
    if (rest.isEmpty()) {
      return text.map(t -> new RdfLiteral(t, "", ""));
    }
    if (rest.startsWith("@") && rest.length() > 1) {
      return text.map(t -> new RdfLiteral(t, rest.substring(1), ""));
    }
    return rest.startsWith("^^<") && rest.endsWith(">") && rest.length() > 4
        ? text.map(t -> new RdfLiteral(t, "", rest.substring(3, rest.length() - 1)))
        : Optional.empty();
  }

  private static Optional<String> unescape(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean raw = c == '"' || c == '\n' || c == '\r';
      if (raw || (c == '\\' && i + 1 == text.length())) {
        return Optional.empty();
      }
      if (c == '\\') {
        c = text.charAt(++i);
        switch (c) {
          case 'n' -> c = '\n';
          case 'r' -> c = '\r';
          case '"', '\\' -> {}
          default -> {
            return Optional.empty();
          }
        }
      }
      plain.append(c);
    }
    return Optional.of(plain.toString());
  }

  /** The literal as the id of an entity; {@link #parse} reads it back. */
  public String id() {
    return RdfLiterals.write(text, language, datatype);
  }
}
