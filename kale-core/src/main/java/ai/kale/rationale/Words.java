package ai.kale.rationale;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Compares texts by their words: NFKC, lower case, any other character a space. */
final class Words {
  /** One word of a text with its place in it. */
  record Token(int start, int end, boolean sentenceStart) {}

  private Words() {}

  /** The words, each lower case, joined and surrounded by single spaces. */
  static String normal(String text) {
    String folded = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    StringBuilder normal = new StringBuilder(" ");
    for (int i = 0; i < folded.length(); ) {
      int c = folded.codePointAt(i);
      i += Character.charCount(c);
      if (isWord(c)) {
        normal.appendCodePoint(c);
      } else if (normal.charAt(normal.length() - 1) != ' ') {
        normal.append(' ');
      }
    }
    return normal.charAt(normal.length() - 1) == ' ' ? normal.toString() : normal + " ";
  }

  /** Whether the words of {@code part} stand in {@code normalText} one after the other. */
  static boolean contains(String normalText, String part) {
    String words = normal(part);
    return !words.isBlank() && normalText.contains(words);
  }

  /** How many words there are. */
  static int count(String normalText) {
    return normalText.isBlank() ? 0 : normalText.strip().split(" ").length;
  }

  /** The words of a text with their places; a sentence starts after {@code . ! ? :} or a break. */
  static List<Token> tokens(String text) {
    List<Token> tokens = new ArrayList<>();
    boolean sentenceStart = true;
    int i = 0;
    while (i < text.length()) {
      int c = text.codePointAt(i);
      if (!isWord(c)) {
        boolean ends = ".!?:\n".indexOf(c) >= 0;
        boolean quotes = Character.isWhitespace(c) || "\"'“”‘’()[]*-".indexOf(c) >= 0;
        sentenceStart = ends || (sentenceStart && quotes);
        i += Character.charCount(c);
        continue;
      }
      int start = i;
      while (i < text.length() && isWord(text.codePointAt(i))) {
        i += Character.charCount(text.codePointAt(i));
      }
      tokens.add(new Token(start, i, sentenceStart));
      sentenceStart = false;
    }
    return tokens;
  }

  private static boolean isWord(int c) {
    return Character.isLetterOrDigit(c)
        || switch (Character.getType(c)) {
          case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK -> true;
          default -> false;
        };
  }
}
