package ai.kale.train.text;

import java.util.Map;
import java.util.Optional;

/**
 * How the system and the user part of a teacher's prompt become one text for a local model. What is
 * put in is never searched for places again. A model trained on chats wants the layout it was
 * trained with; its control tokens, a beginning-of-sequence token too, are part of the pattern, and
 * nothing else adds any.
 *
 * @param pattern holds <code>{system}</code> and <code>{user}</code>
 * @param stop the token that ends a reply, as the vocabulary spells it; empty for the tokenizer's
 *     end-of-sequence token
 */
public record TeacherLayout(String pattern, Optional<String> stop) {
  /** Checks that both places are there. */
  public TeacherLayout {
    if (!pattern.contains("{system}") || !pattern.contains("{user}")) {
      throw new IllegalArgumentException(
          "the layout must hold {system} and {user}: \"" + pattern + "\"");
    }
  }

  /**
   * A layout without control tokens that ends at the tokenizer's end-of-sequence token.
   *
   * @param pattern holds <code>{system}</code> and <code>{user}</code>
   * @return the layout
   */
  public static TeacherLayout of(String pattern) {
    return new TeacherLayout(pattern, Optional.empty());
  }

  /** The parts with blank lines behind them: for models that were not trained on chats. */
  public static TeacherLayout plain() {
    return of("{system}\n\n{user}\n\n");
  }

  /** ChatML, as Qwen and others read it. */
  public static TeacherLayout chatMl() {
    return new TeacherLayout(
        "<|im_start|>system\n{system}<|im_end|>\n<|im_start|>user\n{user}<|im_end|>\n"
            + "<|im_start|>assistant\n",
        Optional.of("<|im_end|>"));
  }

  /** The chat layout of Llama 3. */
  public static TeacherLayout llama3() {
    return new TeacherLayout(
        "<|begin_of_text|><|start_header_id|>system<|end_header_id|>\n\n{system}<|eot_id|>"
            + "<|start_header_id|>user<|end_header_id|>\n\n{user}<|eot_id|>"
            + "<|start_header_id|>assistant<|end_header_id|>\n\n",
        Optional.of("<|eot_id|>"));
  }

  /**
   * The text for a model.
   *
   * @param system how to write
   * @param user what to write about
   * @return the text
   */
  public String text(String system, String user) {
    return PromptFormat.fill(pattern, Map.of("system", system, "user", user));
  }
}
