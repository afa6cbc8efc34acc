package ai.kale.train.chat;

import ai.kale.train.chat.Token.Kind;
import java.util.List;

/** A place in the tokens of an expression. */
class TokenCursor {
  private final List<Token> tokens;
  private int at;

  TokenCursor(List<Token> tokens, int start) {
    this.tokens = tokens;
    this.at = start;
  }

  Token peek() {
    return tokens.get(at);
  }

  Token peekNext() {
    return tokens.get(Math.min(at + 1, tokens.size() - 1));
  }

  Token next() {
    Token token = tokens.get(at);
    at = Math.min(at + 1, tokens.size() - 1);
    return token;
  }

  boolean skip(String operator) {
    boolean found = peek().is(operator);
    if (found) {
      next();
    }
    return found;
  }

  boolean skipName(String name) {
    boolean found = peek().isName(name);
    if (found) {
      next();
    }
    return found;
  }

  void expect(String operator) {
    if (!skip(operator)) {
      throw wrong("'" + operator + "' is expected, not " + peek().shown());
    }
  }

  String name() {
    Token token = next();
    if (token.kind() != Kind.NAME) {
      throw wrong("a name is expected, not " + token.shown());
    }
    return token.text();
  }

  void end() {
    if (peek().kind() != Kind.END) {
      throw wrong(peek().shown() + " is not expected");
    }
  }

  TemplateFailure wrong(String what) {
    return TemplateFailure.of("line " + peek().line() + ": " + what);
  }
}
