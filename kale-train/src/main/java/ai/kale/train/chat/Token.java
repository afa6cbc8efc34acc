package ai.kale.train.chat;

/**
 * A word of an expression.
 *
 * @param kind what it is
 * @param text its spelling; of a string its value
 * @param line where it stands, from 1
 */
record Token(Kind kind, String text, int line) {
  /** What a token is. */
  enum Kind {
    NAME,
    STRING,
    INTEGER,
    FLOAT,
    OPERATOR,
    END
  }

  boolean is(String operator) {
    return kind == Kind.OPERATOR && text.equals(operator);
  }

  boolean isName(String name) {
    return kind == Kind.NAME && text.equals(name);
  }

  String shown() {
    return kind == Kind.END ? "the end" : "'" + text + "'";
  }
}
