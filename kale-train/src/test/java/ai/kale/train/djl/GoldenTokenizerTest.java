package ai.kale.train.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.InvalidInputException;
import ai.kale.train.chat.ChatMessage;
import ai.kale.train.chat.ChatTemplate;
import ai.kale.train.io.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * Token ids and chat texts against what was made elsewhere, for every folder with a {@code
 * tokenizer_golden.json}. The parent folder comes in the system property {@code kale.golden};
 * without it the test is skipped.
 */
class GoldenTokenizerTest {
  @Test
  void idsAreTheReferenceIds() throws IOException {
    String golden = System.getProperty("kale.golden", "");
    Assumptions.assumeFalse(golden.isEmpty(), "no folder with golden numbers");
    List<Path> folders;
    try (Stream<Path> all = Files.list(Path.of(golden))) {
      folders = all.filter(f -> Files.exists(f.resolve("tokenizer_golden.json"))).toList();
    }
    assertThat(folders).isNotEmpty();
    for (Path folder : folders) {
      JsonNode root = Json.read(folder.resolve("tokenizer_golden.json"));
      try (HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.load(folder)) {
        assertThat(tokenizer.vocabularySize()).isEqualTo(root.get("vocab_size_with_added").asInt());
        for (JsonNode c : root.get("cases")) {
          String name = folder.getFileName() + ": " + c.get("text");
          String text = c.get("text").asText();
          assertThat(tokenizer.encode(text)).as(name).isEqualTo(ints(c.get("ids")));
          assertThat(tokenizer.encodeWithSpecialTokens(text))
              .as(name)
              .isEqualTo(ints(c.get("ids_with_special")));
          assertThat(tokenizer.decodeWithSpecialTokens(ints(c.get("ids"))))
              .as(name)
              .isEqualTo(c.get("decoded").asText());
        }
        compareChats(folder, root.path("chat"), tokenizer);
      }
    }
  }

  private static void compareChats(Path folder, JsonNode chats, HuggingFaceTokenizer tokenizer) {
    if (chats.isEmpty()) {
      return;
    }
    ChatTemplate template = ChatTemplate.load(folder).orElseThrow();
    for (JsonNode chat : chats) {
      String name = folder.getFileName() + ": " + chat.get("name").asText();
      List<ChatMessage> messages = new ArrayList<>();
      for (JsonNode message : chat.get("messages")) {
        messages.add(
            new ChatMessage(message.get("role").asText(), message.get("content").asText()));
      }
      boolean prompt = chat.get("add_generation_prompt").asBoolean();
      if (chat.has("error")) {
        assertThatThrownBy(() -> template.render(messages, prompt))
            .as(name)
            .isInstanceOf(InvalidInputException.class);
        continue;
      }
      String text = template.render(messages, prompt);
      assertThat(text).as(name).isEqualTo(chat.get("rendered").asText());
      assertThat(tokenizer.encode(text)).as(name).isEqualTo(ints(chat.get("ids")));
    }
  }

  private static int[] ints(JsonNode list) {
    return IntStream.range(0, list.size()).map(i -> list.get(i).asInt()).toArray();
  }
}
