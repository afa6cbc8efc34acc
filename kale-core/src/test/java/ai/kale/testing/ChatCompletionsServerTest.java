package ai.kale.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.tck.ChatCompletionsServer;
import ai.kale.tck.ChatReply;
import ai.kale.tck.ChatRequest;
import ai.kale.tck.ServerFault;
import ai.kale.tck.ServerFaults;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The server that others are tested against does what it says. */
class ChatCompletionsServerTest {
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private HttpResponse<String> ask(ChatCompletionsServer server, String user)
      throws IOException, InterruptedException {
    return ask(server.baseUrl(), user);
  }

  private HttpResponse<String> ask(URI base, String user) throws IOException, InterruptedException {
    String body =
        "{\"model\":\"m\",\"messages\":[{\"role\":\"system\",\"content\":\"s\"},"
            + "{\"role\":\"user\",\"content\":\""
            + user
            + "\"}]}";
    return client.send(
        HttpRequest.newBuilder(URI.create(base + "/chat/completions"))
            .header("Authorization", "Bearer key-1")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static ChatCompletionsServer always(ServerFault fault) {
    return ChatCompletionsServer.start(request -> "Hello " + request.user())
        .faults(ServerFaults.none().with(fault, 1))
        .slowBodies(Duration.ofMillis(40));
  }

  @Test
  void repliesCountsAndRemembers() throws IOException, InterruptedException {
    try (ChatCompletionsServer server =
        ChatCompletionsServer.start(request -> "Hello " + request.user()).remembering()) {
      server.next(new ChatReply(418, Map.of("X-Tea", "green"), "pot"));
      HttpResponse<String> scripted = ask(server, "Ada");
      assertThat(scripted.statusCode()).isEqualTo(418);
      assertThat(scripted.headers().firstValue("X-Tea")).hasValue("green");
      assertThat(ask(server, "Ada").body())
          .contains("\"content\":\"Hello Ada\"")
          .contains("\"prompt_tokens\":2", "\"completion_tokens\":3", "\"model\":\"m\"");
      assertThat(ask(server, "Ada").statusCode()).isEqualTo(200);
      assertThat(ask(server, "Bob").statusCode()).isEqualTo(200);
      assertThat(server.received()).extracting(ChatRequest::user).hasSize(4).contains("Bob");
      assertThat(server.statistics().requests()).isEqualTo(4);
      assertThat(server.statistics().paidAgain()).isEqualTo(1);
      assertThat(server.statistics().completed())
          .containsOnly(
              Map.entry(ChatRequest.hash("s", "Ada"), 2),
              Map.entry(ChatRequest.hash("s", "Bob"), 1));
      assertThat(server.statistics().mostRequestsIn(Duration.ofMinutes(1))).isEqualTo(4);
      assertThat(server.statistics().mostTokensIn(Duration.ofMinutes(1))).isEqualTo(15);
    }
  }

  @Test
  void commitsEveryFault() throws IOException, InterruptedException {
    Map<ServerFault, Integer> statuses = new EnumMap<>(ServerFault.class);
    for (ServerFault fault : ServerFault.values()) {
      try (ChatCompletionsServer server = always(fault)) {
        if (fault == ServerFault.RESET || fault == ServerFault.TRUNCATED_BODY) {
          assertThatThrownBy(() -> ask(server, "Ada")).isInstanceOf(IOException.class);
        } else {
          HttpResponse<String> response = ask(server, "Ada");
          statuses.put(fault, response.statusCode());
          assertThat(response.headers().firstValue("Retry-After").isPresent())
              .isEqualTo(fault == ServerFault.BUSY_WITH_RETRY_AFTER);
          assertThat(response.body().contains("key-1")).isEqualTo(fault == ServerFault.KEY_ECHO);
        }
        assertThat(server.statistics().faults()).containsEntry(fault, 1);
        boolean paid = fault == ServerFault.SLOW_BODY || fault == ServerFault.EMPTY_COMPLETION;
        assertThat(server.statistics().completed()).as("%s", fault).hasSize(paid ? 1 : 0);
      }
    }
    assertThat(statuses)
        .containsEntry(ServerFault.BUSY, 429)
        .containsEntry(ServerFault.MALFORMED_JSON, 200)
        .containsEntry(ServerFault.SLOW_BODY, 200);
    assertThat(statuses.get(ServerFault.SERVER_ERROR)).isGreaterThanOrEqualTo(500);
  }

  @Test
  void runsInAProcessOfItsOwn() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ChatCompletionsServer.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      URI base = URI.create("http://127.0.0.1:" + output.readLine() + "/v1");
      assertThat(ask(base, "Ada").body()).contains("\"content\":\"ADA\"");
      process.getOutputStream().close();
      assertThat(output.readLine())
          .isEqualTo("1 requests, 1 prompts completed, 0 replies paid again, faults {}");
      assertThat(process.waitFor()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void whatGoesWrongDependsOnTheSeedAndThePromptOnly() throws IOException, InterruptedException {
    List<String> first = statuses(5);
    assertThat(statuses(5)).isEqualTo(first);
    assertThat(statuses(6)).isNotEqualTo(first);
    assertThat(first).contains("200", "429");
  }

  private List<String> statuses(long seed) throws IOException, InterruptedException {
    List<String> statuses = new ArrayList<>();
    try (ChatCompletionsServer server =
        ChatCompletionsServer.start(request -> "x")
            .faults(ServerFaults.badDay(seed).with(ServerFault.BUSY, 0.4))
            .slowBodies(Duration.ofMillis(8))) {
      for (int i = 0; i < 30; i++) {
        try {
          statuses.add(String.valueOf(ask(server, "user " + i % 10).statusCode()));
        } catch (IOException e) {
          statuses.add("broken");
        }
      }
    }
    return statuses;
  }
}
