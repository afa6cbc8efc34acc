package ai.kale.dataset;

import ai.kale.data.Question;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** When two questions are the same question. */
final class QuestionKeys {
  private static final Pattern SPACE = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

  private QuestionKeys() {}

  /** Unicode NFC, lower case, single spaces. Punctuation stays: it tells 2+2 from 22. */
  static String normalize(String text) {
    String composed = Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    return SPACE.matcher(composed).replaceAll(" ").strip();
  }

  /** Instruction, passage, text and the options in any order. */
  static List<String> of(Question question, UnaryOperator<String> normalizer) {
    List<String> key = new ArrayList<>();
    question.choices().forEach(choice -> key.add(normalizer.apply(choice)));
    key.sort(null);
    key.add(normalizer.apply(question.instruction()));
    key.add(normalizer.apply(question.passage()));
    key.add(normalizer.apply(question.text()));
    return key;
  }
}
