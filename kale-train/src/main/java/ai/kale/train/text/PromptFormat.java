package ai.kale.train.text;

import ai.kale.error.SetupException;
import ai.kale.train.chat.ChatTemplate;
import java.util.Map;
import java.util.Optional;

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
 * @param end the token that ends a completion, as the vocabulary spells it; empty for the
 *     tokenizer's end-of-sequence token. A format with one is a chat's: its prompts hold all
 *     control tokens, and the white space around what is put in goes
 */
public record PromptFormat(
    String question,
    String reading,
    String answer,
    String rationaleThenAnswer,
    Optional<String> end) {
  /** Checks that every template holds its placeholders. */
  public PromptFormat {
    require("question", question, "{question}");
    require("reading", reading, "{rationale}");
    require("reading", reading, "{question}");
    require("answer", answer, "{answer}");
    require("rationaleThenAnswer", rationaleThenAnswer, "{rationale}");
    require("rationaleThenAnswer", rationaleThenAnswer, "{answer}");
  }

  /**
   * A format that ends with the tokenizer's end-of-sequence token.
   *
   * @param question the prompt at inference
   * @param reading the prompt with the rationale
   * @param answer the completion
   * @param rationaleThenAnswer the completion with the rationale
   */
  public PromptFormat(String question, String reading, String answer, String rationaleThenAnswer) {
    this(question, reading, answer, rationaleThenAnswer, Optional.empty());
  }

  /**
   * The format that an instruct model was trained with: the question is the user's turn, rationale
   * and question are it when the rationale is read, and the answer is the model's turn with the
   * token that ends it.
   *
   * @param template the checkpoint's chat template
   * @param tokenizer its tokenizer
   * @return the format
   * @throws SetupException if the model's turn does not follow the prompt in the template, or does
   *     not end with a control token
   */
  public static PromptFormat chat(ChatTemplate template, Tokenizer tokenizer) {
    ChatTurns turns = ChatTurns.of(template, tokenizer);
    return new PromptFormat(
        turns.prompt("{question}"),
        turns.prompt("{rationale}\n\n{question}"),
        turns.completion("{answer}"),
        turns.completion("{rationale} Answer: {answer}"),
        Optional.of(turns.end()));
  }

  /**
   * Token ids of a prompt: with the tokenizer's beginning-of-sequence token, unless this is a
   * chat's format, whose prompts hold what they need.
   *
   * @param tokenizer the model's tokenizer
   * @param prompt a prompt in this format
   * @return ids in order
   */
  public int[] encodePrompt(Tokenizer tokenizer, String prompt) {
    return end.isPresent() ? tokenizer.encode(prompt) : tokenizer.encodeStart(prompt);
  }

  /**
   * The token that ends a completion.
   *
   * @param tokenizer the model's tokenizer
   * @return its id
   * @throws SetupException if the tokenizer does not have it
   */
  public int endId(Tokenizer tokenizer) {
    if (end.isEmpty()) {
      return tokenizer.eosId();
    }
    return tokenizer
        .idOf(end.get())
        .orElseThrow(
            () ->
                new SetupException(
                    "the tokenizer has no token "
                        + end.get()
                        + ", by which the format ends an answer; make the format from the"
                        + " checkpoint's own template"));
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
    return fill(question, Map.of("question", clean(questionText)));
  }

  /**
   * The prompt with the rationale in it, for the teacher.
   *
   * @param rationaleText the rationale
   * @param questionText the question as asked
   * @return the prompt
   */
  public String readingPrompt(String rationaleText, String questionText) {
    return fill(
        reading, Map.of("rationale", clean(rationaleText), "question", clean(questionText)));
  }

  /**
   * The completion that is only the answer.
   *
   * @param answerText the answer
   * @return the completion, without the end-of-sequence token
   */
  public String completion(String answerText) {
    return fill(answer, Map.of("answer", clean(answerText)));
  }

  /**
   * The completion that is the rationale and then the answer.
   *
   * @param rationaleText the rationale
   * @param answerText the answer
   * @return the completion, without the end-of-sequence token
   */
  public String rationaleCompletion(String rationaleText, String answerText) {
    return fill(
        rationaleThenAnswer,
        Map.of("rationale", clean(rationaleText), "answer", clean(answerText)));
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

  private String clean(String text) {
    return end.isPresent() ? text.strip() : text;
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
