package ai.kale.dataset;

import ai.kale.error.InvalidInputException;
import ai.kale.jsonl.Fields;

/** Checks that the formats share. */
final class Texts {
  private Texts() {}

  /** A question's text, which must not be blank. */
  static String question(Fields fields, String name) {
    String text = fields.text(name);
    if (text.isBlank()) {
      throw fields.problem(name, "is blank; write the question");
    }
    return text;
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
