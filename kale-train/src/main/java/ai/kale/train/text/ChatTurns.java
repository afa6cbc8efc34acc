package ai.kale.train.text;

import ai.kale.error.InvalidInputException;
import ai.kale.error.SetupException;
import ai.kale.train.chat.ChatMessage;
import ai.kale.train.chat.ChatTemplate;
import java.util.Comparator;
import java.util.List;

/**
 * What a chat template writes around texts, found by rendering marks: patterns in which the texts
 * have their places.
 *
 * @param template the template
 * @param before what stands between a prompt and the model's text
 * @param after white space between the model's text and the token that ends it
 * @param end that token
 */
record ChatTurns(ChatTemplate template, String before, String after, String end) {
  private static final String ASKED = "AskedText";
  private static final String WRITTEN = "WrittenText";

  static ChatTurns of(ChatTemplate template, Tokenizer tokenizer) {
    ChatMessage user = ChatMessage.user(ASKED);
    String prompt = template.render(List.of(user), true);
    String all = template.render(List.of(user, ChatMessage.assistant(WRITTEN)), false);
    int at = all.indexOf(WRITTEN);
    if (!all.startsWith(prompt) || at < prompt.length()) {
      throw unusable("its text with the model's turn does not begin with its text without");
    }
    String rest = all.substring(at + WRITTEN.length());
    String tail = rest.stripLeading();
    String end =
        tokenizer.specialTokens().stream()
            .filter(tail::startsWith)
            .max(Comparator.comparingInt(String::length))
            .orElseThrow(
                () -> unusable("the model's turn does not end with a control token: " + rest));
    String after = rest.substring(0, rest.length() - tail.length());
    return new ChatTurns(template, all.substring(prompt.length(), at), after, end);
  }

  /** A prompt whose user turn is the given text. */
  String prompt(String text) {
    return placed(template.render(List.of(ChatMessage.user(ASKED)), true), text);
  }

  /**
   * A prompt with a system turn; where the template refuses one it goes in front of the question.
   */
  String prompt(String system, String text) {
    try {
      ChatMessage first = ChatMessage.system(WRITTEN);
      String prompt = template.render(List.of(first, ChatMessage.user(ASKED)), true);
      if (prompt.contains(WRITTEN)) {
        return placed(prompt, text).replace(WRITTEN, system);
      }
    } catch (InvalidInputException e) {
      return prompt(system + "\n\n" + text);
    }
    return prompt(system + "\n\n" + text);
  }

  /** What the model writes, without the token that ends it. */
  String completion(String text) {
    return before + text + after;
  }

  private static String placed(String prompt, String text) {
    int at = prompt.indexOf(ASKED);
    if (at < 0 || prompt.indexOf(ASKED, at + 1) >= 0) {
      throw unusable("it does not write the user's text exactly once");
    }
    return prompt.replace(ASKED, text);
  }

  private static SetupException unusable(String why) {
    return new SetupException(
        "no format can be made of the chat template: "
            + why
            + "; give the trainer a format of your own");
  }
}
