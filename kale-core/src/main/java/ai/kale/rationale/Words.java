package ai.kale.rationale;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Compares texts by their words: NFKC, case folded ({@code ß} is {@code ss}), any other character a
 * space. In scripts that put no spaces between words (ideographs, kana, Thai, Lao, Khmer, Myanmar)
 * each letter with its marks is a word, so that a name is found inside a longer run.
 */
final class Words {
  private static final Set<UnicodeScript> UNSPACED =
      EnumSet.of(
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.THAI,
          UnicodeScript.LAO,
          UnicodeScript.KHMER,
          UnicodeScript.MYANMAR);

  /** Of kana, and of no script of its own. */
  private static final int LONG_VOWEL = 'ー';

  private static final Pattern WORD = Pattern.compile("[^ ]+");

  /** One word of a text with its place in it. */
  record Token(int start, int end, boolean sentenceStart) {}

  private Words() {}

  /** The words, case folded, joined and surrounded by single spaces. */
  static String normal(String text) {
    String folded =
        Normalizer.normalize(text, Normalizer.Form.NFKC)
            .toUpperCase(Locale.ROOT)
            .toLowerCase(Locale.ROOT);
    StringBuilder normal = new StringBuilder(" ");
    boolean alone = false;
    for (int i = 0; i < folded.length(); ) {
      int c = folded.codePointAt(i);
      i += Character.charCount(c);
      boolean unspaced = isUnspaced(c);
      boolean ends = !isWord(c) || unspaced || (alone && !isMark(c));
      if (ends && normal.charAt(normal.length() - 1) != ' ') {
        normal.append(' ');
      }
      if (isWord(c)) {
        normal.appendCodePoint(c);
      }
      alone = unspaced || (alone && isMark(c));
    }
    return normal.charAt(normal.length() - 1) == ' ' ? normal.toString() : normal + " ";
  }

  /** Whether the words of {@code part} stand in {@code normalText} one after the other. */
  static boolean contains(String normalText, String part) {
    String words = normal(part);
    return !words.isBlank() && normalText.contains(words);
  }

  /** The words that are more than one character, or a letter of a script without spaces. */
  static int countLong(String normalText) {
    return (int)
        WORD.matcher(normalText)
            .results()
            .map(MatchResult::group)
            .filter(
                word ->
                    word.codePointCount(0, word.length()) > 1 || isUnspaced(word.codePointAt(0)))
            .count();
  }

  /**
   * The words of a text with their places; a sentence starts after {@code . ! ? :} or a break. A
   * run of a script without spaces is one.
   */
  static List<Token> tokens(String text) {
    List<Token> tokens = new ArrayList<>();
    boolean sentenceStart = true;
    int i = 0;
    while (i < text.length()) {
      int c = text.codePointAt(i);
      if (!isWord(c)) {
        boolean ends = ".!?:\n。！？：".indexOf(c) >= 0;
        boolean quotes = Character.isWhitespace(c) || "\"'“”‘’()[]*-「」『』（）".indexOf(c) >= 0;
        sentenceStart = ends || (sentenceStart && quotes);
        i += Character.charCount(c);
        continue;
      }
      int start = i;
      boolean unspaced = isUnspaced(c);
      while (i < text.length() && goesOn(text.codePointAt(i), unspaced)) {
        i += Character.charCount(text.codePointAt(i));
      }
      tokens.add(new Token(start, i, sentenceStart));
      sentenceStart = false;
    }
    return tokens;
  }

  private static boolean goesOn(int c, boolean unspaced) {
    return isWord(c) && (isMark(c) || isUnspaced(c) == unspaced);
  }

  private static boolean isUnspaced(int c) {
    return c == LONG_VOWEL || (Character.isLetter(c) && UNSPACED.contains(UnicodeScript.of(c)));
  }

  private static boolean isWord(int c) {
    return Character.isLetterOrDigit(c) || isMark(c);
  }

  private static boolean isMark(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK -> true;
      default -> false;
    };
  }
}
