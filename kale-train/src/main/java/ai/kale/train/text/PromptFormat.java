package ai.kale.train.text;

import java.util.Map;

/**
 * How questions, rationales and answers are laid out as text. Prompt and completion are encoded
 * separately and their tokens concatenated, so that the answer's tokens are the same after any
 * prompt; the end-of-sequence token follows the completion.
 *
 * <p>Placeholders are <code>{question}</code>, <code>{rationale}</code> and <code>{answer}</code>;
 * what is put in is never searched for placeholders again.
 *
 * @param question the prompt at inference; holds <code>{question}</code>
 * @param reading the prompt of a model that reads the rationale; holds <code>{rationale}</code> and
 *     <code>{question}</code>
 * @param answer the completion; holds <code>{answer}</code>. Byte-level vocabularies want a leading
 *     space; SentencePiece vocabularies, which add their own, want none
 * @param rationaleThenAnswer the completion of a model that writes the rationale first; holds
 *     <code>{rationale}</code> and <code>{answer}</code>
 */
public record PromptFormat(
    String question, String reading, String answer, String rationaleThenAnswer) {
  /** Checks that every template holds its placeholders. */
  public PromptFormat {
    require("question", question, "{question}");
    require("reading", reading, "{rationale}");
    require("reading", reading, "{question}");
    require("answer", answer, "{answer}");
    require("rationaleThenAnswer", rationaleThenAnswer, "{rationale}");
    require("rationaleThenAnswer", rationaleThenAnswer, "{answer}");
  }

  /** {@code Question: … Answer:}, the rationale in front of it when it is read. */
  public static PromptFormat standard() {
    return new PromptFormat(
        "Question: {question} Answer:",
        "{rationale} Question: {question} Answer:",
        " {answer}",
        " {rationale} Answer: {answer}");
  }

  /**
   * The prompt at inference.
   *
   * @param questionText the question as asked
   * @return the prompt
   */
  public String prompt(String questionText) {
    return fill(question, Map.of("question", questionText));
  }

  /**
   * The prompt with the rationale in it, for the teacher.
   *
   * @param rationaleText the rationale
   * @param questionText the question as asked
   * @return the prompt
   */
  public String readingPrompt(String rationaleText, String questionText) {
    return fill(reading, Map.of("rationale", rationaleText, "question", questionText));
  }

  /**
   * The completion that is only the answer.
   *
   * @param answerText the answer
   * @return the completion, without the end-of-sequence token
   */
  public String completion(String answerText) {
    return fill(answer, Map.of("answer", answerText));
  }

  /**
   * The completion that is the rationale and then the answer.
   *
   * @param rationaleText the rationale
   * @param answerText the answer
   * @return the completion, without the end-of-sequence token
   */
  public String rationaleCompletion(String rationaleText, String answerText) {
    return fill(rationaleThenAnswer, Map.of("rationale", rationaleText, "answer", answerText));
  }

  /**
   * What stands between rationale and answer in a written rationale, by which the answer is found
   * again; empty if nothing does.
   */
  public String answerMarker() {
    int start = rationaleThenAnswer.indexOf("{rationale}") + "{rationale}".length();
    int end = rationaleThenAnswer.indexOf("{answer}");
    return end < start ? "" : rationaleThenAnswer.substring(start, end).stripTrailing();
  }

  static String fill(String template, Map<String, String> values) {
    StringBuilder text = new StringBuilder();
    int at = 0;
    while (at < template.length()) {
      int open = template.indexOf('{', at);
      int close = open < 0 ? -1 : template.indexOf('}', open);
      if (close < 0) {
        break;
      }
      String value = values.get(template.substring(open + 1, close));
      if (value == null) {
        text.append(template, at, open + 1);
        at = open + 1;
      } else {
        text.append(template, at, open).append(value);
        at = close + 1;
      }
    }
    return text.append(template, at, template.length()).toString();
  }

  private static void require(String name, String template, String placeholder) {
    if (!template.contains(placeholder)) {
      throw new IllegalArgumentException(
          "the " + name + " template must hold " + placeholder + ": \"" + template + "\"");
    }
  }
}
