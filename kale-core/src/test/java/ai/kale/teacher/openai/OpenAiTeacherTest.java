package ai.kale.teacher.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.OperationCancelledException;
import ai.kale.error.SetupException;
import ai.kale.error.TransientFailureException;
import ai.kale.error.UnsupportedCapabilityException;
import ai.kale.spi.TeacherCapability;
import ai.kale.spi.TeacherModel.Ending;
import ai.kale.spi.TeacherModel.Prompt;
import ai.kale.spi.TeacherModel.Reply;
import ai.kale.tck.ChatCompletionsServer;
import ai.kale.tck.ChatReply;
import ai.kale.tck.ChatRequest;
import ai.kale.tck.ServerFault;
import ai.kale.tck.ServerFaults;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpenAiTeacherTest {
  private static final Prompt PROMPT = new Prompt("Be brief.", "Who was Marie Curie?", 64, 0.5);

  private final ChatCompletionsServer server =
      ChatCompletionsServer.start(request -> "A physicist.").remembering();

  private OpenAiTeacherBuilder builder() {
    return OpenAiTeacher.builder(server.baseUrl().toString(), "tiny-1");
  }

  private JsonNode bodySent() throws IOException {
    return new ObjectMapper().readTree(server.received().remove().body());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void sendsThePromptAndReadsTheReply() throws IOException {
    Reply reply = builder().key(ApiKey.of("sk-12345678")).build().reply(PROMPT);
    assertThat(reply).isEqualTo(new Reply("A physicist.", 8, 3, Ending.COMPLETE));
    ChatRequest sent = server.received().peek();
    assertThat(sent.path()).isEqualTo("/v1/chat/completions");
    assertThat(sent.headers())
        .containsEntry("authorization", "Bearer sk-12345678")
        .containsEntry("content-type", "application/json")
        .doesNotContainKey("upgrade");
    assertThat(bodySent().toString())
        .isEqualTo(
            "{\"model\":\"tiny-1\",\"messages\":["
                + "{\"role\":\"system\",\"content\":\"Be brief.\"},"
                + "{\"role\":\"user\",\"content\":\"Who was Marie Curie?\"}],"
                + "\"max_tokens\":64,\"temperature\":0.5}");
  }

  @Test
  void sendsWhatIsAskedFor() throws IOException {
    OpenAiTeacher teacher =
        builder()
            .organization("org-1")
            .header("X-Project", "kale")
            .maxCompletionTokens()
            .withoutTemperature()
            .seed(7)
            .extra("reasoning_effort", "low")
            .extra("stop", List.of("END"))
            .build();
    teacher.reply(new Prompt("", "Who?", 5, 0));
    assertThat(server.received().peek().headers())
        .containsEntry("openai-organization", "org-1")
        .containsEntry("x-project", "kale")
        .doesNotContainKey("authorization");
    assertThat(bodySent().toString())
        .isEqualTo(
            "{\"model\":\"tiny-1\",\"messages\":[{\"role\":\"user\",\"content\":\"Who?\"}],"
                + "\"max_completion_tokens\":5,\"seed\":7,"
                + "\"reasoning_effort\":\"low\",\"stop\":[\"END\"]}");
    assertThat(teacher.capabilities()).doesNotContain(TeacherCapability.SAMPLING);
    assertThatThrownBy(() -> teacher.reply(PROMPT))
        .isInstanceOf(UnsupportedCapabilityException.class)
        .hasMessageContaining("set the temperature to 0");
  }

  @Test
  void takesAnyBaseUrl() throws IOException {
    String base = "http://127.0.0.1:" + server.port();
    for (String url : List.of(base, base + "/", base + "/a/b//", base + "/?api-version=1")) {
      OpenAiTeacher.builder(url, "m").build().reply(PROMPT);
    }
    assertThat(server.received())
        .extracting(ChatRequest::path)
        .containsExactly(
            "/chat/completions",
            "/chat/completions",
            "/a/b/chat/completions",
            "/chat/completions?api-version=1");
  }

  @Test
  void everyFormOfReplyIsRead() {
    Map<String, Reply> forms =
        Map.of(
            "{\"choices\":[{\"message\":{\"content\":\"cut\"},\"finish_reason\":\"length\"}]}",
            new Reply("cut", 0, 0, Ending.CUT),
            "{\"choices\":[{\"message\":{\"content\":null},\"finish_reason\":\"content_filter\"}],"
                + "\"usage\":{\"prompt_tokens\":5}}",
            new Reply("", 5, 0, Ending.REFUSED),
            "{\"choices\":[{\"message\":{\"content\":null,\"refusal\":\"I cannot\"}}]}",
            new Reply("", 0, 0, Ending.REFUSED),
            "{\"choices\":[{\"message\":{\"content\":\"\",\"refusal\":null}}],"
                + "\"usage\":{\"prompt_tokens\":-4,\"completion_tokens\":1}}",
            new Reply("", 0, 1, Ending.COMPLETE),
            "{\"choices\":[{\"message\":{\"content\":[{\"type\":\"text\",\"text\":\"two \"},"
                + "{\"type\":\"text\",\"text\":\"parts\"}]},\"finish_reason\":\"stop\"}]}",
            new Reply("two parts", 0, 0, Ending.COMPLETE));
    forms.forEach(
        (body, expected) -> {
          server.next(new ChatReply(200, body));
          assertThat(builder().build().reply(PROMPT)).isEqualTo(expected);
        });
  }

  @Test
  void holdsNoThreadWhileItWaits() throws ExecutionException, InterruptedException {
    server.latency(Duration.ofMillis(200));
    OpenAiTeacher teacher = builder().build();
    assertThat(teacher.capabilities())
        .contains(TeacherCapability.NON_BLOCKING, TeacherCapability.TOKEN_COUNTS);
    List<CompletableFuture<Reply>> replies =
        IntStream.range(0, 40)
            .mapToObj(
                i ->
                    teacher.replyAsync(
                        new Prompt("", "question " + i, 5, 0),
                        task -> {
                          throw new AssertionError("needs no thread");
                        }))
            .toList();
    for (CompletableFuture<Reply> reply : replies) {
      assertThat(reply.orTimeout(60, TimeUnit.SECONDS).get().text()).isEqualTo("A physicist.");
    }
  }

  @Test
  void theTimeoutCoversSlowBodiesToo() {
    server
        .faults(ServerFaults.none().with(ServerFault.SLOW_BODY, 1))
        .slowBodies(Duration.ofSeconds(60));
    assertThatThrownBy(() -> builder().timeout(Duration.ofMillis(300)).build().reply(PROMPT))
        .isInstanceOf(TransientFailureException.class)
        .hasMessage(
            "teacher tiny-1 at http://127.0.0.1:"
                + server.port()
                + "/v1/chat/completions did not answer in full within 0.3 s; allow more time if it"
                + " stays so");
  }

  @Test
  void anInterruptEndsTheWait() {
    server.latency(Duration.ofSeconds(60));
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> builder().build().reply(PROMPT))
        .isInstanceOf(OperationCancelledException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void cancellingStopsTheRequest() {
    StubClient client = new StubClient();
    OpenAiTeacher teacher =
        OpenAiTeacher.builder("https://host/v1", "m").httpClient(client).build();
    CompletableFuture<Reply> reply = teacher.replyAsync(PROMPT, Runnable::run);
    assertThat(client.exchange()).isNotDone();
    assertThat(reply.cancel(true)).isTrue();
    assertThat(client.exchange()).isCancelled();
  }

  @Test
  void aReplyThatComesTooLateIsGivenUp() {
    StubClient client = new StubClient();
    OpenAiTeacher teacher =
        OpenAiTeacher.builder("https://host/v1", "m")
            .httpClient(client)
            .timeout(Duration.ofMillis(1))
            .build();
    assertThatThrownBy(() -> teacher.reply(PROMPT)).isInstanceOf(TransientFailureException.class);
    assertThat(client.exchange().handle((done, failure) -> "ended").join()).isEqualTo("ended");
    assertThat(client.exchange()).isCancelled();
  }

  @Test
  void theIdSaysWhatChangesTheReply() {
    assertThat(OpenAiTeacher.builder("https://api.openai.com/v1/", "gpt-4o").build().id())
        .isEqualTo("openai:gpt-4o");
    assertThat(builder().build().id()).isEqualTo("openai:tiny-1@127.0.0.1");
    assertThat(builder().servedBy("lab").seed(3).withoutTemperature().build().id())
        .isEqualTo("openai:tiny-1@lab;seed=3;no-temperature");
    String low = builder().extra("reasoning_effort", "low").build().id();
    String high = builder().extra("reasoning_effort", "high").build().id();
    assertThat(low).startsWith("openai:tiny-1@127.0.0.1;extra=").isNotEqualTo(high);
  }

  @Test
  void onlySecretHeadersAreTakenOutOfReplies() {
    String text = "The Encyclopedia says azure-key-1 session=abcdef dXNlcjpwYXNz my-own-secret";
    OpenAiTeacher teacher =
        builder()
            .header("X-Title", "Encyclopedia")
            .header("Api-Key", "azure-key-1")
            .header("COOKIE", "session=abcdef")
            .header("Proxy-Authorization", "Basic dXNlcjpwYXNz")
            .secretHeader("X-Odd", "my-own-secret")
            .build();
    server.next(new ChatReply(200, ChatCompletionsServer.completion("m", text, 1, 1)));
    assertThat(teacher.reply(PROMPT).text()).isEqualTo("The Encyclopedia says *** *** *** ***");
    server.next(new ChatReply(500, text));
    assertThatThrownBy(() -> teacher.reply(PROMPT))
        .hasMessageEndingWith("The *** says *** *** *** ***");
  }

  @Test
  void wrongOptionsAreRefused() {
    List<Runnable> wrong =
        List.of(
            () -> OpenAiTeacher.builder("ftp://host/v1", "m").build(),
            () -> OpenAiTeacher.builder("host:8080/v1", "m").build(),
            () -> OpenAiTeacher.builder("http://a b/v1", "m").build(),
            () -> OpenAiTeacher.builder("http://ann:s3cr3t@host/v1", "m").build(),
            () -> OpenAiTeacher.builder("http://host/v1", " ").build(),
            () -> OpenAiTeacher.builder("http://host/v1", "a\nb").build(),
            () -> builder().timeout(Duration.ZERO),
            () -> builder().header("Authorization", "x"),
            () -> builder().header("X-A b", "x"),
            () -> builder().header("X-A", "line\nbreak"),
            () -> builder().extra("stream", true),
            () -> builder().extra("x", new Object()),
            () -> builder().servedBy("a;b"),
            () ->
                OpenAiTeacher.builder("http://host/v1", "sk-s3cr3t-1")
                    .key(ApiKey.of("sk-s3cr3t-1"))
                    .build(),
            () ->
                builder()
                    .httpClient(
                        HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build())
                    .build());
    for (Runnable build : wrong) {
      assertThatThrownBy(build::run)
          .isInstanceOf(SetupException.class)
          .hasMessageNotContaining("s3cr3t");
    }
  }
}
