package ai.kale.teacher.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.InvalidInputException;
import ai.kale.error.SetupException;
import ai.kale.error.TransientFailureException;
import ai.kale.spi.TeacherModel.Prompt;
import ai.kale.spi.TeacherModel.Reply;
import ai.kale.tck.ChatCompletionsServer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchFilesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String KEY = "sk-canary-0123456789";

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private static OpenAiTeacher teacher(String url) {
    return OpenAiTeacher.builder(url, "tiny-1").key(ApiKey.of(KEY)).seed(4).build();
  }

  private static BatchRequest request(int i) {
    return new BatchRequest("q" + i, new Prompt("Be brief.", "Question " + i + "?\nélan", 32, 0));
  }

  private static Iterable<BatchRequest> requests(int count) {
    return IntStream.range(0, count).mapToObj(BatchFilesTest::request).toList();
  }

  private final BatchFiles batches = BatchFiles.of(teacher("https://api.openai.com/v1"));

  @Test
  void eachLineHasTheBodyThatIsSent() throws IOException {
    Path file = batches.write(folder, "run", requests(1)).get(0);
    assertThat(file).hasFileName("run-00001.jsonl");
    JsonNode line = JSON.readTree(Files.readString(file));
    assertThat(line.path("custom_id").asText()).isEqualTo("q0");
    assertThat(line.path("method").asText()).isEqualTo("POST");
    assertThat(line.path("url").asText()).isEqualTo("/v1/chat/completions");
    try (ChatCompletionsServer server =
        ChatCompletionsServer.start(request -> "Hello").remembering()) {
      teacher(server.baseUrl().toString()).reply(request(0).prompt());
      assertThat(line.path("body")).isEqualTo(JSON.readTree(server.received().remove().body()));
    }
    assertThat(file).content().doesNotContain(KEY);
  }

  @Test
  void filesAreFilledToTheLimitsAndNoFurther() throws IOException {
    List<Path> byCount = batches.withLimits(4, 1_000_000).write(folder, "count", requests(10));
    assertThat(byCount).hasSize(3);
    assertThat(Files.readAllLines(byCount.get(0))).hasSize(4);
    assertThat(Files.readAllLines(byCount.get(2))).hasSize(2);

    long line = Files.size(batches.write(folder, "one", requests(1)).get(0));
    List<Path> bySize = batches.withLimits(100, 3 * line).write(folder, "size", requests(10));
    assertThat(bySize).hasSize(4);
    Set<String> ids = new TreeSet<>();
    for (Path file : bySize) {
      assertThat(Files.size(file)).isLessThanOrEqualTo(3 * line);
      for (String text : Files.readAllLines(file)) {
        ids.add(JSON.readTree(text).path("custom_id").asText());
      }
    }
    assertThat(ids).hasSize(10);
    assertThat(batches.write(folder, "none", List.of())).isEmpty();
  }

  @Test
  void whatTheServiceWouldRefuseIsRefusedHere() {
    assertThatThrownBy(() -> batches.write(folder, "twice", List.of(request(1), request(1))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("'q1'");
    assertThatThrownBy(() -> batches.withLimits(10, 50).write(folder, "large", requests(1)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("'q0'")
        .hasMessageContaining("at most 50");
    assertThat(folder.resolve("large-00001.jsonl")).doesNotExist();
    batches.write(folder, "run", requests(1));
    assertThatThrownBy(() -> batches.write(folder, "run", requests(1)))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("is there already");
    assertThatThrownBy(() -> batches.withLimits(50_001, 10))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Path results(String... lines) throws IOException {
    return Files.writeString(folder.resolve("output.jsonl"), String.join("\n", lines) + "\n");
  }

  private static String answered(String id, int status, String body) {
    return String.format(
        "{\"id\":\"batch_req_1\",\"custom_id\":\"%s\",\"response\":{\"status_code\":%d,"
            + "\"request_id\":\"r\",\"body\":%s},\"error\":null}",
        id, status, body);
  }

  @Test
  void repliesAndFailuresAreReadAlike() throws IOException {
    Path file =
        results(
            answered("q2", 200, ChatCompletionsServer.completion("m", "Two.", 11, 2)),
            answered("q1", 400, ChatCompletionsServer.error("too long", "x")),
            "",
            answered("q3", 429, ChatCompletionsServer.error("busy", "x")),
            "{\"custom_id\":\"q4\",\"response\":null,\"error\":"
                + "{\"code\":\"batch_expired\",\"message\":\"not done in time\"}}");
    try (Stream<BatchResult> stream = BatchFiles.read(file)) {
      List<BatchResult> results = stream.toList();
      assertThat(results).extracting(BatchResult::customId).containsExactly("q2", "q1", "q3", "q4");
      assertThat(results.get(0).reply()).hasValue(new Reply("Two.", 11, 2));
      assertThat(results.get(1).failure().orElseThrow())
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("batch request q1 answered HTTP 400: too long");
      assertThat(results.get(2).failure().orElseThrow())
          .isInstanceOf(TransientFailureException.class);
      assertThat(results.get(3).failure().orElseThrow())
          .isInstanceOf(TransientFailureException.class)
          .hasMessageContaining("batch_expired not done in time");
    }
  }

  @Test
  void aReplyThatBrokeOffOrIsAnErrorIsAFailureAndAFolderIsNoFile() throws IOException {
    String line = "{\"custom_id\":\"q%d\",\"response\":{\"status_code\":200,\"body\":%s}}";
    String half = "{\"choices\":[{\"message\":{\"content\":\"x\"},\"finish_reason\":\"error\"}]}";
    Path file = folder.resolve("broken.jsonl");
    Files.write(
        file,
        List.of(
            String.format(Locale.ROOT, line, 0, half),
            String.format(Locale.ROOT, line, 1, "{\"error\":\"overloaded\"}")));
    try (Stream<BatchResult> results = BatchFiles.read(file)) {
      assertThat(results.map(result -> result.failure().orElseThrow()))
          .allMatch(TransientFailureException.class::isInstance)
          .extracting(Throwable::getMessage)
          .satisfiesExactly(
              first -> assertThat(first).contains("q0 broke off its reply"),
              second -> assertThat(second).contains("overloaded"));
    }
    assertThatThrownBy(() -> BatchFiles.read(folder))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("is a folder");
  }

  @Test
  void aLineThatIsNotUnderstoodIsNamed() throws IOException {
    Path file =
        results(
            answered("q0", 200, ChatCompletionsServer.completion("m", "Zero.", 1, 1)),
            "{\"custom_id\":\"q1\",\"respo",
            "{\"response\":{\"status_code\":200}}",
            answered("q3", 200, "{\"choices\":[]}"),
            "{\"custom_id\":\"q4\"}",
            "{\"custom_id\":\"q5\",\"response\":{}}",
            answered("q6", 200, ChatCompletionsServer.completion("m", "Six.", 1, 1)));
    List<InvalidInputException> problems = new ArrayList<>();
    try (Stream<BatchResult> stream = BatchFiles.read(file, problems::add)) {
      assertThat(stream).extracting(BatchResult::customId).containsExactly("q0", "q6");
    }
    assertThat(problems)
        .extracting(InvalidInputException::line)
        .containsExactly(2L, 3L, 4L, 5L, 6L);
    assertThat(problems.get(0)).hasMessageContaining(file + ":2: the line is cut or no JSON");
    assertThatThrownBy(
            () -> {
              try (Stream<BatchResult> stream = BatchFiles.read(file)) {
                stream.forEach(result -> {});
              }
            })
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(":2:");
    assertThatThrownBy(() -> BatchFiles.read(folder.resolve("none")))
        .isInstanceOf(SetupException.class);
  }
}
