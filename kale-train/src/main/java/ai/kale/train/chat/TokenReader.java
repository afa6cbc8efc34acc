package ai.kale.train.chat;

import ai.kale.train.chat.Token.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the words of one output or tag, up to the braces that close it. */
final class TokenReader {
  private static final Pattern NUMBER =
      Pattern.compile(
          "(?:\\d+_)*\\d++(?:(?:\\.(?:\\d+_)*\\d++)?[eE][+-]?(?:\\d+_)*\\d++|\\.(?:\\d+_)*\\d++)"
              + "|0[xX][0-9a-fA-F]++|(?:\\d+_)*\\d++");
  private static final List<String> OPERATORS =
      List.of(
          "**", "//", "==", "!=", "<=", ">=", "+", "-", "/", "*", "%", "~", "[", "]", "(", ")", "{",
          "}", ">", "<", "=", ".", ":", "|", ",");
  private static final Set<String> OPENING = Set.of("(", "[", "{");
  private static final Set<String> CLOSING = Set.of(")", "]", "}");
  private static final int MAX_TOKENS = 5_000;
  private static final int MAX_NESTING = 50;

  private final String source;
  private final String close;
  private final List<Token> tokens = new ArrayList<>();
  private final Deque<String> open = new ArrayDeque<>();
  private int at;
  private int line;
  private char sign = ' ';

  TokenReader(String source, int start, String close, int line) {
    this.source = source;
    this.at = start;
    this.close = close;
    this.line = line;
  }

  /** The words, and an end token. */
  List<Token> read() {
    while (true) {
      while (at < source.length() && Python.isSpace(source.charAt(at))) {
        line += source.charAt(at) == '\n' ? 1 : 0;
        at++;
      }
      if (at >= source.length()) {
        throw wrong("it ends inside of {{ or {%");
      }
      if (open.isEmpty() && isEnd()) {
        tokens.add(new Token(Kind.END, "", line));
        return tokens;
      }
      if (tokens.size() >= MAX_TOKENS) {
        throw wrong("an expression has more than " + MAX_TOKENS + " words");
      }
      readToken();
    }
  }

  /** Position behind the braces that close. */
  int end() {
    return at;
  }

  /** The sign in front of them, or a blank. */
  char sign() {
    return sign;
  }

  private boolean isEnd() {
    char first = source.charAt(at);
    boolean signed = first == '-' || (first == '+' && close.equals("%}"));
    if (signed && source.startsWith(close, at + 1)) {
      sign = first;
      at += 1 + close.length();
      return true;
    } else if (source.startsWith(close, at)) {
      at += close.length();
      return true;
    }
    return false;
  }

  private void readToken() {
    char first = source.charAt(at);
    Matcher number = NUMBER.matcher(source).region(at, source.length());
    if (first == '\'' || first == '"') {
      readString(first);
    } else if (number.lookingAt()) {
      String text = number.group();
      boolean whole = text.matches("\\d[\\d_]*|0[xX].*");
      if (text.matches("0[\\d_]*[1-9][\\d_]*") && whole) {
        throw wrong("the number " + text + " begins with 0");
      }
      add(whole ? Kind.INTEGER : Kind.FLOAT, text.replace("_", ""));
      at = number.end();
    } else if (Character.isUnicodeIdentifierStart(first) || first == '_') {
      int end = at + 1;
      while (end < source.length() && isNamePart(source.charAt(end))) {
        end++;
      }
      add(Kind.NAME, source.substring(at, end));
      at = end;
    } else {
      readOperator(first);
    }
  }

  private static boolean isNamePart(char c) {
    return c == '_'
        || (Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c));
  }

  private void readOperator(char first) {
    for (String operator : OPERATORS) {
      if (source.startsWith(operator, at)) {
        if (OPENING.contains(operator)) {
          open.push(operator);
          if (open.size() > MAX_NESTING) {
            throw wrong("brackets nest more than " + MAX_NESTING + " deep");
          }
        } else if (CLOSING.contains(operator)
            && (open.isEmpty() || !(open.pop() + operator).matches("\\(\\)|\\[]|\\{}"))) {
          throw wrong("'" + operator + "' closes nothing");
        }
        add(Kind.OPERATOR, operator);
        at += operator.length();
        return;
      }
    }
    throw wrong("'" + first + "' is not expected in an expression");
  }

  private void readString(char quote) {
    StringBuilder value = new StringBuilder();
    for (int i = at + 1; i < source.length(); i++) {
      char c = source.charAt(i);
      if (c == quote) {
        add(Kind.STRING, value.toString());
        at = i + 1;
        return;
      }
      line += c == '\n' ? 1 : 0;
      if (c == '\\') {
        i = StringEscapes.read(source, i, value);
      } else {
        value.append(c);
      }
    }
    throw wrong("a string does not end");
  }

  private void add(Kind kind, String text) {
    tokens.add(new Token(kind, text, line));
  }

  private TemplateFailure wrong(String what) {
    return TemplateFailure.of("line " + line + ": " + what);
  }
}
