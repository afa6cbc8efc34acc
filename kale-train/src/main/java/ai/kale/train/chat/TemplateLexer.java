package ai.kale.train.chat;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a template into text, outputs and tags by the rules of Jinja2 with {@code trim_blocks} and
 * {@code lstrip_blocks}: the first line end after a tag or comment goes, and so does the white
 * space in front of one that stands first on its line; {@code -} takes all white space on its side,
 * {@code +} keeps it. Comments go, and so does a line end that closes the source.
 */
final class TemplateLexer {
  private final String source;
  private final List<Piece> pieces = new ArrayList<>();
  private int at;
  private boolean lineStarts = true;
  private int lines = 1;
  private int linesTo;

  private TemplateLexer(String source) {
    this.source = source;
  }

  static List<Piece> cut(String source) {
    String text = source.replace("\r\n", "\n").replace('\r', '\n');
    TemplateLexer lexer =
        new TemplateLexer(text.endsWith("\n") ? text.substring(0, text.length() - 1) : text);
    lexer.run();
    return lexer.pieces;
  }

  private void run() {
    while (at < source.length()) {
      int open = opening(at);
      if (open < 0) {
        addText(source.substring(at));
        return;
      }
      char kind = source.charAt(open + 1);
      int inside = open + 2;
      char sign = inside < source.length() ? source.charAt(inside) : ' ';
      boolean signed = sign == '-' || (sign == '+' && kind != '{');
      addText(before(source.substring(at, open), kind, signed ? sign : ' '));
      at = signed ? inside + 1 : inside;
      if (kind == '#') {
        skipComment(open);
      } else if (kind == '%' && word(at).equals("raw")) {
        readRaw(open);
      } else {
        readCode(kind);
      }
    }
  }

  private int opening(int from) {
    for (int i = source.indexOf('{', from); i >= 0 && i + 1 < source.length(); ) {
      if ("{%#".indexOf(source.charAt(i + 1)) >= 0) {
        return i;
      }
      i = source.indexOf('{', i + 1);
    }
    return -1;
  }

  private String before(String text, char kind, char sign) {
    if (sign == '-') {
      return Python.strip(text, "", false, true);
    }
    int line = text.lastIndexOf('\n') + 1;
    boolean first = line > 0 || lineStarts;
    boolean blank = text.substring(line).codePoints().allMatch(Python::isSpace);
    return sign != '+' && kind != '{' && first && blank ? text.substring(0, line) : text;
  }

  private void addText(String text) {
    if (!text.isEmpty()) {
      pieces.add(Piece.text(text));
    }
  }

  private void skipComment(int open) {
    int end = source.indexOf("#}", at);
    if (end < 0) {
      throw TemplateFailure.of("line " + line(open) + ": a comment does not end");
    }
    char sign = end > at ? source.charAt(end - 1) : ' ';
    at = end + 2;
    afterBlock(sign);
  }

  private void readRaw(int open) {
    int close = closing(source.indexOf("raw", at) + 3);
    if (close < 0) {
      throw TemplateFailure.of("line " + line(open) + ": a raw block does not begin");
    }
    boolean strip = source.charAt(close) == '-';
    at = close + (strip ? 3 : 2);
    if (strip) {
      skipSpace();
    }
    int end = source.indexOf("{%", at);
    while (end >= 0 && !word(afterSign(end + 2)).equals("endraw")) {
      end = source.indexOf("{%", end + 1);
    }
    int last = end < 0 ? -1 : closing(source.indexOf("endraw", end) + 6);
    if (last < 0) {
      throw TemplateFailure.of("line " + line(open) + ": a raw block does not end");
    }
    lineStarts = source.charAt(at - 1) == '\n';
    addText(before(source.substring(at, end), '%', source.charAt(end + 2)));
    at = last + (source.charAt(last) == '%' ? 2 : 3);
    afterBlock(source.charAt(last));
  }

  /**
   * Where {@code %}, {@code -%} or {@code +%} and a brace stand next; -1 if something else does.
   */
  private int closing(int from) {
    int i = from;
    while (i < source.length() && Python.isSpace(source.charAt(i))) {
      i++;
    }
    return source.startsWith("%}", i) || source.startsWith("-%}", i) || source.startsWith("+%}", i)
        ? i
        : -1;
  }

  private int afterSign(int from) {
    boolean signed = from < source.length() && "+-".indexOf(source.charAt(from)) >= 0;
    return signed ? from + 1 : from;
  }

  private String word(int from) {
    int start = from;
    while (start < source.length() && Python.isSpace(source.charAt(start))) {
      start++;
    }
    int end = start;
    while (end < source.length() && Character.isJavaIdentifierPart(source.charAt(end))) {
      end++;
    }
    return source.substring(start, end);
  }

  private void readCode(char kind) {
    TokenReader reader = new TokenReader(source, at, kind == '{' ? "}}" : "%}", line(at));
    List<Token> tokens = reader.read();
    pieces.add(new Piece(kind == '{' ? Piece.Kind.OUTPUT : Piece.Kind.TAG, "", tokens));
    at = reader.end();
    if (kind == '%') {
      afterBlock(reader.sign());
    } else {
      lineStarts = false;
      if (reader.sign() == '-') {
        skipSpace();
      }
    }
  }

  private void afterBlock(char sign) {
    if (sign == '-') {
      skipSpace();
    } else if (sign != '+' && at < source.length() && source.charAt(at) == '\n') {
      at++;
    }
    lineStarts = source.charAt(at - 1) == '\n';
  }

  private void skipSpace() {
    while (at < source.length() && Python.isSpace(source.charAt(at))) {
      at++;
    }
    lineStarts = source.charAt(at - 1) == '\n';
  }

  /** The line of a position, from 1; positions come in order. */
  private int line(int position) {
    for (; linesTo < position; linesTo++) {
      lines += source.charAt(linesTo) == '\n' ? 1 : 0;
    }
    return lines;
  }
}
