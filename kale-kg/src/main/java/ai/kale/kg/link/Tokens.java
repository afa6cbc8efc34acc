package ai.kale.kg.link;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Text as a sequence of comparable tokens: NFKC, case folded, without punctuation. */
final class Tokens {
  private Tokens() {}

  /** The runs of letters, digits and marks of a text; empty for a text of punctuation only. */
  static List<String> of(String text) {
    String folded =
        Normalizer.normalize(text, Normalizer.Form.NFKC)
            .toUpperCase(Locale.ROOT)
            .toLowerCase(Locale.ROOT);
    List<String> tokens = new ArrayList<>();
    int start = -1;
    for (int i = 0; i < folded.length(); ) {
      int c = folded.codePointAt(i);
      if (isWord(c)) {
        start = start < 0 ? i : start;
      } else if (start >= 0) {
        tokens.add(folded.substring(start, i));
        start = -1;
      }
      i += Character.charCount(c);
    }
    if (start >= 0) {
      tokens.add(folded.substring(start));
    }
    return tokens;
  }

  private static boolean isWord(int c) {
    int type = Character.getType(c);
    return Character.isLetterOrDigit(c)
        || type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK;
  }

  /** The tokens joined by a space. */
  static String key(String text) {
    return String.join(" ", of(text));
  }
}
