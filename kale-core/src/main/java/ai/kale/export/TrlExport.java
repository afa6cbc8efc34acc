package ai.kale.export;

import static ai.kale.export.ExportWriter.filled;

import ai.kale.data.Question;
import ai.kale.data.RationalizedQuestion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Training data for TRL, for training on more machines than this library drives: the columns {@code
 * prompt}, {@code completion} and {@code privileged_context} (the rationale, which only the teacher
 * of a self-distillation reads), and {@code id} to find a row again. In the conversational form
 * prompt and completion are lists of messages.
 */
public final class TrlExport implements Export {
  private final boolean conversational;
  private final ExportText text;

  private TrlExport(boolean conversational, ExportText text) {
    this.conversational = conversational;
    this.text = text;
  }

  /**
   * The plain form: strings, which TRL puts together with nothing between. So the prompt ends in
   * {@code Answer:} and the completion begins with a space, as tokenizers want it; {@link
   * ExportText#withSeparator} changes that. A system text is refused, since it has no place there.
   */
  public static TrlExport plain() {
    return new TrlExport(false, ExportText.standard());
  }

  /** The conversational form: messages with role and content. */
  public static TrlExport conversational() {
    return new TrlExport(true, ExportText.standard());
  }

  /**
   * The same with other texts.
   *
   * @param newText prompt, target and system text
   * @return a new export
   * @throws IllegalArgumentException if there is a system text and the form is plain
   */
  public TrlExport with(ExportText newText) {
    if (!conversational && !newText.system().isEmpty()) {
      throw new IllegalArgumentException(
          "the plain form has no place for a system text; use conversational(), or put it into the"
              + " prompt");
    }
    return new TrlExport(conversational, newText);
  }

  /**
   * The same with another prompt.
   *
   * @param newPrompt makes the prompt of a question; by default {@link Question#prompt}, then its
   *     options, one a line. In the plain form only a space follows it, unless the texts have a
   *     separator
   * @return a new export
   */
  public TrlExport withPrompt(Function<Question, String> newPrompt) {
    return with(text.withPrompt(newPrompt));
  }

  @Override
  public String format() {
    return conversational ? "trl-conversational" : "trl";
  }

  @Override
  public Map<String, Object> row(RationalizedQuestion row) {
    String prompt = filled("prompt", text.prompt(row.question()));
    String completion = filled("completion", text.completion(row));
    Map<String, Object> columns = new LinkedHashMap<>();
    if (conversational) {
      columns.put("prompt", Messages.before(text.system(), prompt));
      columns.put("completion", List.of(Messages.of("assistant", completion)));
    } else {
      int spaces = text.separator().length();
      while (spaces > 0 && text.separator().charAt(spaces - 1) == ' ') {
        spaces--;
      }
      columns.put("prompt", prompt + text.separator().substring(0, spaces));
      columns.put("completion", text.separator().substring(spaces) + completion);
    }
    columns.put("privileged_context", row.rationale().text());
    columns.put("id", row.question().id());
    return columns;
  }
}
