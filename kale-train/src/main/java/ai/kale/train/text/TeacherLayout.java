package ai.kale.train.text;

import ai.kale.train.chat.ChatTemplate;
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
        """
        <|im_start|>system
        {system}<|im_end|>
        <|im_start|>user
        {user}<|im_end|>
        <|im_start|>assistant
        """,
        Optional.of("<|im_end|>"));
  }

  /** The chat layout of Llama 3. */
  public static TeacherLayout llama3() {
    return new TeacherLayout(
        """
        <|begin_of_text|><|start_header_id|>system<|end_header_id|>

        {system}<|eot_id|><|start_header_id|>user<|end_header_id|>

        {user}<|eot_id|><|start_header_id|>assistant<|end_header_id|>

        """,
        Optional.of("<|eot_id|>"));
  }

  /**
   * The layout of a checkpoint's chat template. A template that refuses system turns gets the
   * system part in front of the user's text.
   *
   * @param template the checkpoint's chat template
   * @param tokenizer its tokenizer
   * @return the layout
   * @throws ai.kale.error.SetupException if no layout can be made of it, see {@link
   *     PromptFormat#chat}
   */
  public static TeacherLayout chat(ChatTemplate template, Tokenizer tokenizer) {
    ChatTurns turns = ChatTurns.of(template, tokenizer);
    return new TeacherLayout(turns.prompt("{system}", "{user}"), Optional.of(turns.end()));
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
