package ai.kale.train.chat;

import java.util.List;

/**
 * A part of a template's source.
 *
 * @param kind what it is
 * @param text the text, where it is text
 * @param tokens the expression or tag, where it is one; ends with an end token
 */
record Piece(Kind kind, String text, List<Token> tokens) {
  /** What a piece is. */
  enum Kind {
    TEXT,
    OUTPUT,
    TAG
  }

  static Piece text(String text) {
    return new Piece(Kind.TEXT, text, List.of());
  }
}
