package ai.kale.dataset;

import java.util.Set;

/**
 * How a chat format names things.
 *
 * @param turns the field with the list of turns
 * @param role the field of a turn that says who speaks
 * @param content the field of a turn that says what
 * @param system roles that instruct
 * @param user roles that ask
 * @param assistant roles that answer
 * @param others roles that are kept but neither ask nor answer
 */
record ChatLayout(
    String turns,
    String role,
    String content,
    Set<String> system,
    Set<String> user,
    Set<String> assistant,
    Set<String> others) {
  /** OpenAI's chat completions and fine-tuning files. */
  static final ChatLayout OPENAI =
      new ChatLayout(
          "messages",
          "role",
          "content",
          Set.of("system", "developer"),
          Set.of("user"),
          Set.of("assistant"),
          Set.of("tool", "function"));

  /** ShareGPT with the roles that published sets have. */
  static final ChatLayout SHAREGPT =
      new ChatLayout(
          "conversations",
          "from",
          "value",
          Set.of("system"),
          Set.of("human", "user"),
          Set.of("gpt", "chatgpt", "assistant", "bard", "bing"),
          Set.of("function_call", "observation", "tool"));
}
