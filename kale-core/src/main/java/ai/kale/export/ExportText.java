package ai.kale.export;

import ai.kale.data.Question;
import ai.kale.data.RationalizedQuestion;
import ai.kale.error.InvalidInputException;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which texts an export writes: the prompt, what is to be learnt, and a system text for all rows.
 * Texts are written as they are, not cleaned or cut. Immutable; each {@code with…} returns a new
 * object.
 */
public final class ExportText {
  /** What a model learns to write. */
  public enum Target {
    /** The first answer. */
    ANSWER,
    /** The rationale, a blank line, then {@code Answer:} and the first answer. */
    RATIONALE_THEN_ANSWER
  }

  private static final ExportText STANDARD =
      new ExportText(Optional.empty(), true, Target.ANSWER, "", Optional.empty());

  private final Optional<Function<Question, String>> prompt;
  private final boolean options;
  private final Target target;
  private final String system;
  private final Optional<String> separator;

  private ExportText(
      Optional<Function<Question, String>> prompt,
      boolean options,
      Target target,
      String system,
      Optional<String> separator) {
    this.prompt = prompt;
    this.options = options;
    this.target = target;
    this.system = system;
    this.separator = separator;
  }

  /**
   * {@link Question#prompt} and, one a line, the options; the first answer is learnt; no system
   * text.
   */
  public static ExportText standard() {
    return STANDARD;
  }

  /**
   * The same with another prompt.
   *
   * @param newPrompt makes the whole prompt of a question, options and all
   * @return new texts
   */
  public ExportText withPrompt(Function<Question, String> newPrompt) {
    return new ExportText(Optional.of(newPrompt), options, target, system, separator);
  }

  /**
   * The same with or without options in the standard prompt.
   *
   * @param shown whether options are shown
   * @return new texts
   */
  public ExportText withOptions(boolean shown) {
    return new ExportText(prompt, shown, target, system, separator);
  }

  /**
   * The same with another target.
   *
   * @param newTarget what is learnt
   * @return new texts
   */
  public ExportText withTarget(Target newTarget) {
    return new ExportText(prompt, options, newTarget, system, separator);
  }

  /**
   * The same with a system text.
   *
   * @param newSystem for all rows; empty for none
   * @return new texts
   */
  public ExportText withSystem(String newSystem) {
    return new ExportText(prompt, options, target, newSystem, separator);
  }

  /**
   * The same with another text between prompt and completion, for forms that are trained on as one
   * text ({@link TrlExport#plain}); forms with turns or columns have no use for it.
   *
   * @param newSeparator follows the prompt; spaces at its end begin the completion
   * @return new texts
   */
  public ExportText withSeparator(String newSeparator) {
    return new ExportText(prompt, options, target, system, Optional.of(newSeparator));
  }

  /** The system text, empty for none. */
  public String system() {
    return system;
  }

  /**
   * The whole prompt.
   *
   * @param question the question
   * @return the prompt
   */
  public String prompt(Question question) {
    return prompt
        .map(own -> own.apply(question))
        .orElseGet(() -> question.prompt() + options(question));
  }

  /**
   * The first part of a prompt in two parts: the question's own instruction, or the whole prompt
   * where it has none or the prompt is the caller's.
   *
   * @param question the question
   * @return the instruction
   */
  public String instruction(Question question) {
    return hasTwoParts(question) ? question.instruction() : prompt(question);
  }

  /**
   * The second part of a prompt in two parts: passage, question and options, or nothing where the
   * first part is the whole prompt.
   *
   * @param question the question
   * @return the input
   */
  public String input(Question question) {
    return hasTwoParts(question)
        ? Stream.of(question.passage(), question.text())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("\n\n"))
            + options(question)
        : "";
  }

  /**
   * What is to be learnt.
   *
   * @param row a question with its rationale
   * @return the completion
   * @throws InvalidInputException if the question has no answer
   */
  public String completion(RationalizedQuestion row) {
    if (row.question().answers().isEmpty()) {
      throw new InvalidInputException("it has no answer to train on; give it one, or leave it out");
    }
    String answer = row.question().answer();
    return target == Target.ANSWER ? answer : row.rationale().text() + "\n\nAnswer: " + answer;
  }

  /**
   * What stands between prompt and completion where they are one text: {@link #withSeparator}'s,
   * else {@code "\nAnswer: "}, before a rationale {@code "\nRationale: "}, and after a prompt of
   * the caller's one space.
   */
  String separator() {
    String standard =
        prompt.isPresent() ? " " : target == Target.ANSWER ? "\nAnswer: " : "\nRationale: ";
    return separator.orElse(standard);
  }

  private boolean hasTwoParts(Question question) {
    return prompt.isEmpty() && !question.instruction().isBlank();
  }

  private String options(Question question) {
    return options
        ? question.choices().stream().map(choice -> "\n- " + choice).collect(Collectors.joining())
        : "";
  }
}
