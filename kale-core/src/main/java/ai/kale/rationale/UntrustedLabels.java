package ai.kale.rationale;

import java.text.Normalizer;

/**
 * Makes text from a graph safe to put into a sentence or a prompt. Labels are written by anyone: a
 * label may hold line breaks, terminal or bidirectional control characters, a whole page, or words
 * that read like an instruction.
 *
 * @param maxLength most code points kept of one label, at least 8; the mark {@code '…'} and what
 *     escaping and broken control tokens add come on top, so a quoted label is at most some six
 *     times as long
 */
public record UntrustedLabels(int maxLength) {
  /** Labels of at most 200 code points. */
  public static final UntrustedLabels DEFAULT = new UntrustedLabels(200);

  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;

  /** Checks the range. */
  public UntrustedLabels {
    if (maxLength < 8) {
      throw new IllegalArgumentException("maxLength must be at least 8; got " + maxLength);
    }
  }

  /**
   * One line of printable text: control, format, private-use and unassigned characters, half
   * surrogate pairs, line breaks and characters that show nothing become spaces, runs of spaces
   * become one, and a text that is too long ends in {@code '…'}. The two joiners that Persian,
   * Indic scripts and emoji need are kept where they stand alone. Spellings that chat templates use
   * as control tokens, such as {@code <|im_end|>} or {@code [INST]}, get a space behind the
   * bracket.
   *
   * @param label any text
   * @return the text to show; {@code "unnamed"} where nothing printable is left
   */
  public String clean(String label) {
    String line = ControlTokens.broken(printable(label));
    if (line.isEmpty()) {
      return "unnamed";
    } else if (line.codePointCount(0, line.length()) <= maxLength) {
      return line;
    }
    return line.substring(0, line.offsetByCodePoints(0, maxLength)).stripTrailing() + '…';
  }

  /** At most one code point more than fits, so that a longer text is known to be longer. */
  private String printable(String label) {
    StringBuilder clean = new StringBuilder(Math.min(label.length(), 1000));
    int length = 0;
    boolean space = false;
    int last = ' ';
    for (int i = 0; i < label.length() && length <= maxLength; ) {
      int c = label.codePointAt(i);
      i += Character.charCount(c);
      if (isSpace(c) || (isJoiner(c) && (isJoiner(last) || length == 0))) {
        space = length > 0;
        continue;
      }
      if (space) {
        clean.append(' ');
        length++;
        space = false;
      }
      clean.appendCodePoint(c);
      length++;
      last = c;
    }
    return clean.toString();
  }

  /**
   * A cleaned text in double quotes for a prompt; a quote, a backslash or an angle bracket inside
   * is escaped as in JSON, so that the text can close neither its quotes nor a tag around it. So
   * are the characters that Unicode holds to be forms of these (NFKC), such as {@code ＜}.
   *
   * @param label any text
   * @return the quoted text
   */
  public String quoted(String label) {
    return '"' + escaped(clean(label)) + '"';
  }

  /** Escapes, without cleaning, what could end quotes or tags. */
  static String escaped(String text) {
    return withoutTags(text.replace("\\", "\\\\").replace("\"", "\\\""));
  }

  /** Escapes angle brackets and characters that are forms of them or of a quote. */
  static String withoutTags(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '<' || c == '>' || (c > 0xFF && isFormOfASign(c))) {
        escaped.append(String.format("\\u%04x", (int) c));
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }

  private static boolean isFormOfASign(char c) {
    if (Character.isSurrogate(c) || Character.isLetterOrDigit(c)) {
      return false;
    }
    String plain = Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFKC);
    return plain.chars().anyMatch(sign -> "<>\"\\".indexOf(sign) >= 0);
  }

  private static boolean isJoiner(int c) {
    return c == ZERO_WIDTH_NON_JOINER || c == ZERO_WIDTH_JOINER;
  }

  private static boolean isSpace(int c) {
    if (isJoiner(c)) {
      return false;
    }
    if (showsNothing(c)) {
      return true;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  /** Fillers and selectors that Unicode calls letters or marks; emoji keep their two selectors. */
  private static boolean showsNothing(int c) {
    boolean selector = (c >= 0xFE00 && c <= 0xFE0D) || (c >= 0xE0100 && c <= 0xE01EF);
    return selector
        || c == 0x034F
        || c == 0x115F
        || c == 0x1160
        || c == 0x17B4
        || c == 0x17B5
        || (c >= 0x180B && c <= 0x180F)
        || c == 0x2800
        || c == 0x3164
        || c == 0xFFA0;
  }
}
