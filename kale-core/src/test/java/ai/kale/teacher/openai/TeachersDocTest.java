package ai.kale.teacher.openai;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.rationale.SynthesisRun;
import ai.kale.rationale.TeacherSynthesizer;
import ai.kale.spi.TeacherModel;
import ai.kale.spi.TeacherModel.Prompt;
import ai.kale.tck.ChatCompletionsServer;
import ai.kale.tck.Samples;
import ai.kale.teacher.ManagedTeacher;
import ai.kale.teacher.RateLimit;
import ai.kale.teacher.RetryPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds and runs the snippets of docs/teachers.md, but for those of other modules and packages. */
class TeachersDocTest {
  /** Files with the snippets of the page, from the folder of this module. */
  private static final List<String> SOURCES =
      List.of(
          "src/test/java/ai/kale/teacher/openai/TeachersDocTest.java",
          "../kale-examples/src/test/java/ai/kale/examples/langchain4j/LangChain4jTeacherTest.java");

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  /** Stands in for the real one, whose variables and files are not here. */
  private static final class ApiKey {
    static ai.kale.teacher.openai.ApiKey fromEnvironment(String name) {
      return ai.kale.teacher.openai.ApiKey.of("key-of-" + name);
    }

    static ai.kale.teacher.openai.ApiKey fromFile(Path file) {
      return ai.kale.teacher.openai.ApiKey.of("key-of-" + file.getFileName());
    }
  }

  @Test
  void teachers() {
    // docs: teacher
    TeacherModel teacher =
        OpenAiTeacher.builder("https://api.openai.com/v1", "gpt-4o-2024-08-06")
            .key(ApiKey.fromEnvironment("OPENAI_API_KEY"))
            .timeout(Duration.ofSeconds(90))
            .build();
    // docs: end
    assertThat(teacher.id()).isEqualTo("openai:gpt-4o-2024-08-06");
    // docs: reasoning
    TeacherModel reasoning =
        OpenAiTeacher.builder("https://api.openai.com/v1", "o3-2025-04-16")
            .key(ApiKey.fromFile(Path.of("/run/secrets/openai")))
            .maxCompletionTokens()
            .withoutTemperature()
            .extra("reasoning_effort", "low")
            .build();
    // docs: end
    assertThat(reasoning.id()).startsWith("openai:o3-2025-04-16;no-temperature;extra=");
  }

  @Test
  void limitsAndRetries() {
    // docs: limits
    RateLimit limit = new RateLimit(500, 200_000);
    // docs: end
    // docs: retries
    RetryPolicy policy =
        RetryPolicy.standard()
            .withAttempts(6)
            .withDelays(Duration.ofSeconds(1), 2, Duration.ofSeconds(30))
            .withDeadline(Duration.ofMinutes(5));
    // docs: end
    assertThat(policy.attempts()).isEqualTo(6);
    try (ChatCompletionsServer server =
        ChatCompletionsServer.start(request -> "The currency is the Polish zloty.")) {
      TeacherModel teacher = OpenAiTeacher.builder(server.baseUrl().toString(), "m").build();
      // docs: run
      SynthesisRun run =
          SynthesisRun.with(TeacherSynthesizer.builder(teacher).build())
              .withRateLimit(limit)
              .withRetry(policy);
      // docs: end
      assertThat(run.run(List.of(Samples.curie())).summary().kept()).isEqualTo(1);
      Prompt prompt = new Prompt("", "Which currency?", 50, 0);
      // docs: managed
      try (ManagedTeacher managed =
          ManagedTeacher.builder(teacher).rateLimit(limit).retry(policy).build()) {
        TeacherModel.Reply reply = managed.reply(prompt);
        // docs: replied
        assertThat(reply.text()).endsWith("zloty.");
      }
    }
  }

  @Test
  void batches() throws IOException {
    OpenAiTeacher openAi = OpenAiTeacher.builder("https://api.openai.com/v1", "m").build();
    List<BatchRequest> requests = List.of(new BatchRequest("q1", new Prompt("", "Who?", 5, 0)));
    Map<String, BatchResult> replies = new HashMap<>();
    Files.writeString(
        folder.resolve("output.jsonl"),
        "{\"custom_id\":\"q1\",\"response\":{\"status_code\":200,\"body\":"
            + ChatCompletionsServer.completion("m", "Ada.", 3, 1)
            + "}}\n");
    // docs: batches
    BatchFiles batches = BatchFiles.of(openAi);
    List<Path> files = batches.write(folder, "rationales", requests);
    try (Stream<BatchResult> results = BatchFiles.read(folder.resolve("output.jsonl"))) {
      results.forEach(result -> replies.put(result.customId(), result));
    }
    // docs: end
    assertThat(files).hasSize(1);
    assertThat(replies.get("q1")).isNotNull();
  }

  @Test
  void thePageSaysWhatIsTested() throws IOException {
    Path base = Path.of(System.getProperty("basedir", ".")).toAbsolutePath();
    StringBuilder tested = new StringBuilder();
    for (String source : SOURCES) {
      String text = Files.readString(base.resolve(source));
      tested.append(squeezed(text.replaceAll("(?m)^ *(// docs|assertThat).*", "")));
    }
    String[] blocks = Files.readString(base.resolve("../docs/teachers.md")).split("```java\\R", -1);
    assertThat(blocks.length).isGreaterThan(6);
    for (int i = 1; i < blocks.length; i++) {
      String block = blocks[i].substring(0, blocks[i].indexOf("```"));
      assertThat(tested.toString().contains(squeezed(block))).as(block).isTrue();
    }
  }

  private static String squeezed(String text) {
    return text.replaceAll("\\s+", "");
  }
}
