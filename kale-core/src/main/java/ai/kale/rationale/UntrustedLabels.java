package ai.kale.rationale;

/**
 * Makes text from a graph safe to put into a sentence or a prompt. Labels are written by anyone: a
 * label may hold line breaks, terminal or bidirectional control characters, a whole page, or words
 * that read like an instruction.
 *
 * @param maxLength most code points kept of one label, at least 8
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
   * surrogate pairs and line breaks become spaces, runs of spaces become one, and a text that is
   * too long ends in {@code '…'}. The two joiners that Persian, Indic scripts and emoji need are
   * kept.
   *
   * @param label any text
   * @return the text to show; {@code "unnamed"} where nothing printable is left
   */
  public String clean(String label) {
    StringBuilder clean = new StringBuilder(Math.min(label.length(), maxLength + 1));
    int length = 0;
    boolean space = false;
    for (int i = 0; i < label.length(); ) {
      int c = label.codePointAt(i);
      i += Character.charCount(c);
      if (isSpace(c)) {
        space = length > 0;
        continue;
      }
      if (length + (space ? 2 : 1) > maxLength) {
        return clean.append('…').toString();
      }
      if (space) {
        clean.append(' ');
        length++;
        space = false;
      }
      clean.appendCodePoint(c);
      length++;
    }
    return clean.isEmpty() ? "unnamed" : clean.toString();
  }

  /**
   * A cleaned text in double quotes for a prompt; a quote, a backslash or an angle bracket inside
   * is escaped as in JSON, so that the text can close neither its quotes nor a tag around it.
   *
   * @param label any text
   * @return the quoted text
   */
  public String quoted(String label) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char c : clean(label).toCharArray()) {
      switch (c) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '<' -> quoted.append("\\u003c");
        case '>' -> quoted.append("\\u003e");
        default -> quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  private static boolean isSpace(int c) {
    if (c == ZERO_WIDTH_NON_JOINER || c == ZERO_WIDTH_JOINER) {
      return false;
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
}
