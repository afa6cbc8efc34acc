package ai.kale.kg.link;

import java.text.Normalizer;
import java.util.Locale;

/** What characters mean to {@link FoldedText}, and what they become. */
final class Characters {
  /** Separates words and is never kept. */
  static final int SPACE = 0;

  /** Part of a word. */
  static final int WORD = 1;

  /** Part of a word that has begun, else punctuation. */
  static final int MARK = 2;

  /** Anything else that is seen. */
  static final int PUNCTUATION = 3;

  /** Not seen: part of nothing. */
  static final int INVISIBLE = 4;

  private static final int PAGE_BITS = 8;
  private static final int PAGE = 1 << PAGE_BITS;

  /**
   * Folded forms of single characters, by page, for both kinds of folding. Filled as characters are
   * met; two threads may compute the same one, and strings are safe to share without locks.
   */
  private static final String[][][] KNOWN = new String[2][PAGE][];

  private Characters() {}

  /** Which of the constants above; control characters and underscores are spaces. */
  static int kind(int c) {
    if (Character.isLetterOrDigit(c)) {
      return WORD;
    }
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK -> MARK;
      case Character.FORMAT -> INVISIBLE;
      case Character.CONTROL,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          SPACE;
      default -> c == '_' ? SPACE : PUNCTUATION;
    };
  }

  /**
   * Whether a character may combine with the one before it, so that the two are normalised
   * together: marks, the later parts of Hangul syllables, and the voiced sound marks of half width.
   */
  static boolean joins(int c) {
    if (c < 0x300) {
      return false;
    }
    if ((c >= 0x1160 && c <= 0x11FF)
        || (c >= 0xD7B0 && c <= 0xD7FF)
        || (c >= 0xFF9E && c <= 0xFFDC)) {
      return true;
    }
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.ENCLOSING_MARK;
  }

  /** The form in which some characters that are normalised together are compared. */
  static String fold(String text, int from, int to, boolean ignoreCase) {
    if (to - from > 1) {
      return fold(text.substring(from, to), ignoreCase);
    }
    char c = text.charAt(from);
    String[][] pages = KNOWN[ignoreCase ? 1 : 0];
    String[] page = pages[c >> PAGE_BITS];
    if (page == null) {
      page = new String[PAGE];
      pages[c >> PAGE_BITS] = page;
    }
    String known = page[c & (PAGE - 1)];
    if (known == null) {
      known = fold(String.valueOf(c), ignoreCase);
      page[c & (PAGE - 1)] = known;
    }
    return known;
  }

  /** Each character by itself goes to upper and lower case, whatever stands beside it. */
  private static String fold(String text, boolean ignoreCase) {
    String composed = Normalizer.normalize(text, Normalizer.Form.NFKC);
    if (!ignoreCase) {
      return composed;
    }
    StringBuilder lower = new StringBuilder(composed.length());
    composed
        .toUpperCase(Locale.ROOT)
        .codePoints()
        .forEach(c -> lower.appendCodePoint(Character.toLowerCase(c)));
    return Normalizer.normalize(lower, Normalizer.Form.NFKC);
  }
}
