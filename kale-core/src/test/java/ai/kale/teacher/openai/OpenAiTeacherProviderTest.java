package ai.kale.teacher.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.SetupException;
import ai.kale.spi.TeacherModel;
import ai.kale.spi.TeacherModel.Prompt;
import ai.kale.tck.ChatCompletionsServer;
import ai.kale.tck.ChatRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenAiTeacherProviderTest {
  private static final String KEY = "sk-canary-0123456789";

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  @Test
  void makesATeacherFromSettings() throws IOException {
    Path file = Files.writeString(folder.resolve("key"), KEY);
    try (ChatCompletionsServer server =
        ChatCompletionsServer.start(request -> "Hello").remembering()) {
      TeacherModel teacher =
          new OpenAiTeacherProvider()
              .create(
                  Map.of(
                      "model", "tiny-1",
                      "base-url", server.baseUrl().toString(),
                      "api-key-file", file.toString(),
                      "organization", "org-1",
                      "timeout-seconds", "30",
                      "seed", "5",
                      "token-limit-field", "max_completion_tokens",
                      "send-temperature", "false",
                      "served-by", "lab"));
      assertThat(teacher.id()).isEqualTo("openai:tiny-1@lab;seed=5;no-temperature");
      assertThat(teacher.reply(new Prompt("", "Who?", 3, 0)).text()).isEqualTo("Hello");
      ChatRequest sent = server.received().remove();
      assertThat(sent.headers()).containsEntry("authorization", "Bearer " + KEY);
      assertThat(sent.body()).contains("\"max_completion_tokens\":3", "\"seed\":5");
    }
    assertThat(new OpenAiTeacherProvider().create(Map.of("model", "gpt-4o", "api-key", KEY)).id())
        .isEqualTo("openai:gpt-4o");
  }

  @Test
  void wrongSettingsAreRefusedWithoutTheirValues() {
    List<Map<String, String>> wrong =
        List.of(
            Map.of("model", ""),
            Map.of("api-key", KEY, "api-key-file", KEY),
            Map.of("api-kee", KEY),
            Map.of(KEY, "api-key"),
            Map.of("api-key", KEY + "\n"),
            Map.of("api-key-env", KEY),
            Map.of("api-key-file", KEY),
            Map.of("api-key-file", "\u0000" + KEY),
            Map.of("seed", KEY),
            Map.of("timeout-seconds", "-5"),
            Map.of("token-limit-field", KEY),
            Map.of("send-temperature", KEY),
            Map.of("base-url", "https://" + KEY + "@host"),
            Map.of("base-url", KEY + " "),
            Map.of("base-url", "::" + KEY),
            Map.of("served-by", KEY + ";"),
            Map.of("organization", KEY + "\r\n"));
    for (Map<String, String> settings : wrong) {
      Map<String, String> all = new HashMap<>(Map.of("model", "m"));
      all.putAll(settings);
      assertThatThrownBy(() -> new OpenAiTeacherProvider().create(all))
          .as("%s", settings)
          .isInstanceOf(SetupException.class)
          .hasMessageNotContaining(KEY)
          .hasNoCause();
    }
    assertThatThrownBy(() -> new OpenAiTeacherProvider().create(Map.of()))
        .hasMessageContaining("model");
    assertThatThrownBy(
            () -> new OpenAiTeacherProvider().create(Map.of("model", "m", "api-kee", KEY)))
        .hasMessageContaining("'api-kee'")
        .hasMessageContaining("api-key-env");
  }
}
