package ai.kale.train.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The pre-tokenizer of {@link WordLevelTokenizerFile} in Java: Hugging Face's {@code Whitespace}
 * ({@code \w+|[^\w\s]+}) followed by {@code Punctuation} (each punctuation mark on its own).
 */
final class WordSplitter {
  private static final Pattern WORDS =
      Pattern.compile("\\w+|[^\\w\\s]+", Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern WORD = Pattern.compile("\\w", Pattern.UNICODE_CHARACTER_CLASS);

  private WordSplitter() {}

  /** The words and punctuation marks of a text, in order. */
  static List<String> split(String text) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORDS.matcher(text);
    while (matcher.find()) {
      isolate(matcher.group(), words);
    }
    return words;
  }

  /** Whether a code point is a letter, mark, digit, connector or joiner. */
  static boolean isWord(int codePoint) {
    return WORD.matcher(Character.toString(codePoint)).matches();
  }

  private static void isolate(String run, List<String> words) {
    int start = 0;
    for (int i = 0; i < run.length(); ) {
      int codePoint = run.codePointAt(i);
      int next = i + Character.charCount(codePoint);
      if (isPunctuation(codePoint)) {
        if (start < i) {
          words.add(run.substring(start, i));
        }
        words.add(run.substring(i, next));
        start = next;
      }
      i = next;
    }
    if (start < run.length()) {
      words.add(run.substring(start));
    }
  }

  private static boolean isPunctuation(int codePoint) {
    if (codePoint < 128) {
      return codePoint > 32 && codePoint < 127 && !Character.isLetterOrDigit(codePoint);
    }
    return switch (Character.getType(codePoint)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          true;
      default -> false;
    };
  }
}
