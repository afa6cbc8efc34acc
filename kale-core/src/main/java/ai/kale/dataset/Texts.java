package ai.kale.dataset;

import ai.kale.error.InvalidInputException;
import ai.kale.jsonl.Fields;
import java.util.List;

/** Checks that the formats share. */
final class Texts {
  /** What is wrong with a right option without a text. */
  static final String BLANK_OPTION = "names an option that is blank; write the option";

  private Texts() {}

  /** A question's text, which must not be blank. */
  static String question(Fields fields, String name) {
    String text = fields.text(name);
    if (text.isBlank()) {
      throw fields.problem(name, "is blank; write the question");
    }
    return text;
  }

  /** A list of answers, none of which may be blank. */
  static List<String> answers(Fields fields, String name) {
    List<String> answers = fields.texts(name);
    for (int i = 0; i < answers.size(); i++) {
      if (answers.get(i).isBlank()) {
        throw fields.problem(name + "[" + i + "]", "is blank; write the answer, or remove it");
      }
    }
    return answers;
  }

  /** The right option of a question, which must have a text. */
  static String right(Fields fields, String name, String option) {
    if (option.isBlank()) {
      throw fields.problem(name, BLANK_OPTION);
    }
    return option;
  }

  /** The error of an answer that is none of the options. */
  static InvalidInputException noOption(Fields fields, String key, Options options) {
    return fields.problem(
        "answerKey",
        "is '" + key + "', which is none of the options " + String.join(", ", options.labels()));
  }

  static InvalidInputException noOption(
      String source, long line, String field, String key, Options options) {
    return new InvalidInputException(
        source,
        line,
        field
            + " is '"
            + key
            + "', which is none of the options "
            + String.join(", ", options.labels()));
  }
}
