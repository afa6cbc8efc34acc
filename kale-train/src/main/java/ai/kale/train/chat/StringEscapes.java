package ai.kale.train.chat;

/** Backslashes in string literals, as Python reads them. */
final class StringEscapes {
  private static final int OCTAL_DIGITS = 3;

  private StringEscapes() {}

  /** Reads the escape at a backslash; returns the position of its last character. */
  static int read(String source, int backslash, StringBuilder into) {
    int at = backslash + 1;
    if (at >= source.length()) {
      return backslash;
    }
    char c = source.charAt(at);
    switch (c) {
      case '\n' -> {}
      case 'n' -> into.append('\n');
      case 't' -> into.append('\t');
      case 'r' -> into.append('\r');
      case 'a' -> into.append('\u0007');
      case 'b' -> into.append('\b');
      case 'f' -> into.append('\f');
      case 'v' -> into.append('\u000b');
      case '\\', '\'', '"' -> into.append(c);
      case 'x' -> {
        return hexadecimal(source, at, 2, into);
      }
      case 'u' -> {
        return hexadecimal(source, at, 4, into);
      }
      case 'U' -> {
        return hexadecimal(source, at, 8, into);
      }
      case 'N' -> throw TemplateFailure.of("characters by name (\\N{...}) are not supported");
      default -> {
        return other(source, at, into);
      }
    }
    return at;
  }

  private static int other(String source, int at, StringBuilder into) {
    int end = at;
    while (end < source.length()
        && end < at + OCTAL_DIGITS
        && source.charAt(end) >= '0'
        && source.charAt(end) <= '7') {
      end++;
    }
    if (end == at) {
      into.append('\\').append(source.charAt(at));
      return at;
    }
    into.append((char) Integer.parseInt(source.substring(at, end), 8));
    return end - 1;
  }

  private static int hexadecimal(String source, int at, int digits, StringBuilder into) {
    int end = at + 1 + digits;
    String text = end <= source.length() ? source.substring(at + 1, end) : "";
    if (!text.matches("[0-9a-fA-F]+")) {
      throw TemplateFailure.of("\\" + source.charAt(at) + " wants " + digits + " digits");
    }
    long code = Long.parseLong(text, 16);
    if (code > Character.MAX_CODE_POINT) {
      throw TemplateFailure.of("\\" + source.charAt(at) + text + " is no character");
    }
    into.appendCodePoint((int) code);
    return end - 1;
  }
}
