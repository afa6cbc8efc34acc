package ai.kale.rationale;

import ai.kale.rationale.Words.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds names in a text, as {@link KnownNamesCheck} documents. */
final class Names {
  private static final Set<String> FUNCTION_WORDS =
      Set.of(
          ("a an the this that these those it its he his him she her hers they their them we our us"
                  + " you your i my me so then thus hence therefore since because as if when where"
                  + " while which who whom whose what why how and or but nor not no yes in on at of"
                  + " to from by for with within into is are was were be been being has have had do"
                  + " does did there here both each all one first second third finally next also"
                  + " given however although after before now answer question fact facts")
              .split(" "));

  private final @Nullable Predicate<String> isLabel;

  private Names(@Nullable Predicate<String> isLabel) {
    this.isLabel = isLabel;
  }

  static Names capitalized() {
    return new Names(null);
  }

  static Names of(Predicate<String> isLabel) {
    return new Names(isLabel);
  }

  /** The names in order, as they stand in the text. */
  List<String> in(String text) {
    List<Token> tokens = Words.tokens(text);
    List<String> found = new ArrayList<>();
    int i = 0;
    while (i < tokens.size()) {
      int words = isLabel == null ? runAt(text, tokens, i) : labelAt(text, tokens, i, isLabel);
      if (words > 0) {
        found.add(text.substring(tokens.get(i).start(), tokens.get(i + words - 1).end()));
      }
      i += Math.max(1, words);
    }
    return found;
  }

  private static int labelAt(
      String text, List<Token> tokens, int first, Predicate<String> isLabel) {
    int c = text.codePointAt(tokens.get(first).start());
    if (Character.isLowerCase(c)) {
      return 0;
    }
    int most = Math.min(KnownNamesCheck.MAX_WORDS, tokens.size() - first);
    for (int words = most; words > 0; words--) {
      if (words == 1 && isFunctionWord(text, tokens.get(first))) {
        return 0;
      }
      int start = tokens.get(first).start();
      int end = tokens.get(first + words - 1).end();
      if (isLabel.test(text.substring(start, end))
          || isLabel.test(text.substring(widen(text, start, -1), end))
          || isLabel.test(text.substring(start, widen(text, end, 1)))
          || isLabel.test(text.substring(widen(text, start, -1), widen(text, end, 1)))) {
        return words;
      }
    }
    return 0;
  }

  /** Takes in one sign next to a word, so that labels such as "(500) Days" or "D.C." are found. */
  private static int widen(String text, int at, int by) {
    int sign = by < 0 ? at - 1 : at;
    boolean there = sign >= 0 && sign < text.length();
    return there && !Character.isWhitespace(text.charAt(sign)) ? at + by : at;
  }

  private static int runAt(String text, List<Token> tokens, int first) {
    Token start = tokens.get(first);
    if (!isCapital(text, start) || isFunctionWord(text, start)) {
      return 0;
    }
    int end = first + 1;
    while (end < tokens.size()
        && isCapital(text, tokens.get(end))
        && joined(text, tokens.get(end - 1), tokens.get(end))) {
      end++;
    }
    return end - first == 1 && start.sentenceStart() ? 0 : end - first;
  }

  private static boolean isCapital(String text, Token token) {
    int c = text.codePointAt(token.start());
    return Character.isUpperCase(c) || Character.isTitleCase(c);
  }

  private static boolean joined(String text, Token left, Token right) {
    for (int i = left.end(); i < right.start(); i++) {
      if (" -'’".indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isFunctionWord(String text, Token token) {
    String word = text.substring(token.start(), token.end());
    return FUNCTION_WORDS.contains(word.toLowerCase(Locale.ROOT));
  }
}
