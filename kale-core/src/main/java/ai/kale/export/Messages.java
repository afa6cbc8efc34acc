package ai.kale.export;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Messages with {@code role} and {@code content}. */
final class Messages {
  private Messages() {}

  static Map<String, String> of(String role, String content) {
    return pair("role", role, "content", content);
  }

  /** The messages before the reply: the system text, if there is one, and the prompt. */
  static List<Map<String, String>> before(String system, String prompt) {
    List<Map<String, String>> messages = new ArrayList<>();
    if (!system.isEmpty()) {
      messages.add(of("system", system));
    }
    messages.add(of("user", prompt));
    return messages;
  }

  /** Two entries in order. */
  static Map<String, String> pair(String first, String one, String second, String two) {
    Map<String, String> message = new LinkedHashMap<>();
    message.put(first, one);
    message.put(second, two);
    return message;
  }
}
