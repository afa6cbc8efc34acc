package ai.kale.eval;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Brings answers to a common form before they are compared, as the SQuAD evaluation script does:
 * lower-case, strip ASCII punctuation, strip the English articles <i>a, an, the</i>, collapse white
 * space; in that order, each step switchable.
 *
 * <p>One difference from the script: a step that would leave nothing of the text is skipped.
 * Otherwise the option letter "A", the band "The The" and an empty answer would all be equal.
 *
 * <p>Normalising twice gives what normalising once gives. Only ASCII punctuation and English
 * articles are known; for other languages switch those steps off. O(length).
 *
 * @param lowerCase whether to lower-case, independent of the locale
 * @param stripPunctuation whether to delete ASCII punctuation (deleted, not replaced by a space:
 *     {@code "U.S."} becomes {@code "us"})
 * @param stripArticles whether to delete the words a, an, the; found in lower case only, so this is
 *     of little use without {@code lowerCase}
 * @param collapseWhitespace whether to trim and to make one space of each run of white space
 * @see <a href="https://arxiv.org/abs/1606.05250">Rajpurkar et al. 2016, SQuAD, section 6.1</a>
 */
public record AnswerNormalizer(
    boolean lowerCase,
    boolean stripPunctuation,
    boolean stripArticles,
    boolean collapseWhitespace) {
  private static final Pattern PUNCTUATION = Pattern.compile("[!-/:-@\\[-`{-~]");

  // The flag makes \b and \s mean the same on every Java version, and what they mean in Python 3.
  private static final Pattern ARTICLE =
      Pattern.compile("\\b(?:a|an|the)\\b", Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern SPACE = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

  /** All four steps. */
  public static AnswerNormalizer squad() {
    return new AnswerNormalizer(true, true, true, true);
  }

  /** No step: answers are compared character by character. */
  public static AnswerNormalizer none() {
    return new AnswerNormalizer(false, false, false, false);
  }

  /**
   * The common form of an answer.
   *
   * @param answer any text
   * @return the text after each step that is switched on and leaves something
   */
  public String normalize(String answer) {
    String text = lowerCase ? answer.toLowerCase(Locale.ROOT) : answer;
    if (stripPunctuation) {
      text = delete(PUNCTUATION, text, "");
    }
    if (stripArticles) {
      text = delete(ARTICLE, text, " ");
    }
    return collapseWhitespace ? SPACE.matcher(text).replaceAll(" ").strip() : text;
  }

  /**
   * The words of the common form, split at white space.
   *
   * @param answer any text
   * @return its words, none for a blank text
   */
  public List<String> words(String answer) {
    String text = SPACE.matcher(normalize(answer)).replaceAll(" ").strip();
    return text.isEmpty() ? List.of() : List.of(text.split(" "));
  }

  private static String delete(Pattern what, String text, String replacement) {
    String rest = what.matcher(text).replaceAll(replacement);
    return SPACE.matcher(rest).replaceAll("").isEmpty() ? text : rest;
  }
}
