package ai.kale.rationale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.data.GroundedQuestion;
import ai.kale.error.BudgetReachedException;
import ai.kale.error.SetupException;
import ai.kale.tck.ChatCompletionsServer;
import ai.kale.tck.Samples;
import ai.kale.teacher.Budget;
import ai.kale.teacher.CostEstimate;
import ai.kale.teacher.Prices;
import ai.kale.teacher.openai.ApiKey;
import ai.kale.teacher.openai.OpenAiTeacher;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OpenAI Batch by hand: a file out, a service that answers it, a file in. */
class SynthesisBatchTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private final List<GroundedQuestion> questions =
      IntStream.range(0, 20).mapToObj(Samples::numbered).toList();

  private SynthesisRun run() {
    OpenAiTeacher teacher =
        OpenAiTeacher.builder("https://api.openai.com/v1", "some-model")
            .key(ApiKey.of("sk-canary"))
            .build();
    return SynthesisRun.with(TeacherSynthesizer.builder(teacher).build())
        .withJournal(folder.resolve("journal.jsonl"));
  }

  /** Answers a batch file, last request first; an empty answer is an error. */
  private Path answered(Path requests, BiFunction<Integer, String, String> script)
      throws IOException {
    List<String> results = new ArrayList<>();
    for (String line : Files.readAllLines(requests)) {
      JsonNode request = JSON.readTree(line);
      assertThat(line).doesNotContain("sk-canary");
      String user = request.path("body").path("messages").path(1).path("content").asText();
      int number = Integer.parseInt(user.replaceAll("(?s).*<answer>\"M([0-9]+)\".*", "$1"));
      String text = script.apply(number, user);
      ObjectNode result =
          JSON.createObjectNode().put("custom_id", request.path("custom_id").asText());
      ObjectNode response = result.putObject("response");
      response.put("status_code", text.isEmpty() ? 500 : 200);
      response.set(
          "body",
          JSON.readTree(
              text.isEmpty()
                  ? ChatCompletionsServer.error("broken", "server_error")
                  : ChatCompletionsServer.completion("some-model", text, 100, 10)));
      results.add(result.toString());
    }
    Collections.reverse(results);
    results.add("{\"custom_id\": \"cut");
    return Files.write(folder.resolve("results-" + requests.getFileName()), results);
  }

  @Test
  void roundsGoOnUntilNothingIsMissing() throws IOException {
    BatchWritten first = run().writeBatch(questions, folder, "first");
    assertThat(first)
        .isEqualTo(new BatchWritten(List.of(folder.resolve("first-00001.jsonl")), 20, 0, 0));
    assertThatThrownBy(() -> run().writeBatch(questions, folder, "first"))
        .isInstanceOf(SetupException.class);
    Path results =
        answered(
            first.files().get(0),
            (number, user) ->
                switch (number) {
                  case 3 -> "";
                  case 5 -> "no idea at all";
                  default -> "Next to it there is M" + number + ".";
                });
    BatchRead read = run().readBatch(questions, List.of(results));
    assertThat(read.accepted()).isEqualTo(19);
    assertThat(read.failures()).containsExactly(Map.entry("failed", 1));
    assertThat(read.unknown()).isZero();
    assertThat(read.problems()).singleElement().asString().contains("jsonl:21: ");
    assertThat(run().readBatch(questions, List.of(results)).alreadyThere()).isEqualTo(19);
    assertThat(run().readBatch(questions.subList(0, 4), List.of(results)))
        .returns(3, BatchRead::alreadyThere)
        .returns(16, BatchRead::unknown);

    BatchWritten second = run().writeBatch(questions, folder, "second");
    assertThat(second.firstRequests()).isEqualTo(1);
    assertThat(second.retries()).isEqualTo(1);
    assertThat(second.journalled()).isEqualTo(19);
    Path more =
        answered(second.files().get(0), (number, user) -> "Next to it there is M" + number + ".");
    assertThat(run().readBatch(questions, List.of(more)).accepted()).isEqualTo(2);
    assertThat(run().writeBatch(questions, folder, "third").files()).isEmpty();

    SynthesisSummary summary =
        run().withJournalOnly(folder.resolve("journal.jsonl")).run(questions).summary();
    assertThat(summary.kept()).isEqualTo(19);
    assertThat(summary.retried()).isEqualTo(1);
    assertThat(summary.resumed()).isEqualTo(20);
    assertThat(summary.promptTokens()).isEqualTo(2100);

    Files.delete(folder.resolve("journal.jsonl"));
    BatchRead both = run().readBatch(questions, List.of(more, results));
    assertThat(both.describe())
        .startsWith("21 replies accepted, 0 already there")
        .contains("0 unknown");
    assertThat(both.problems()).hasSize(2);
    assertThat(both.failures()).containsExactly(Map.entry("failed", 1));
    assertThat(run().writeBatch(questions, folder, "fourth").files()).isEmpty();
    assertThat(folder.resolve("journal.jsonl")).content().doesNotContain("sk-canary");
  }

  @Test
  void aRoundThatDoesNotFitTheBudgetIsNotWritten() throws IOException {
    Prices prices = Prices.perMillion("1", "2", "USD");
    CostEstimate estimate = run().withPrices(prices).estimate(questions.subList(0, 1));
    // Retries are not in the round.
    long most = (estimate.completionTokensAtMost() + estimate.promptTokensAtMost()) * 20;
    for (Budget tight :
        List.of(Budget.ofAttempts(19), Budget.ofTokens(5_000), Budget.ofMoney("0.005"))) {
      assertThatThrownBy(
              () ->
                  run().withPrices(prices).withBudget(tight).writeBatch(questions, folder, "tight"))
          .isInstanceOf(BudgetReachedException.class)
          .hasMessageContaining("spent are 0 tokens")
          .hasMessageContaining("USD in 20 requests");
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
    SynthesisRun enough = run().withBudget(Budget.ofTokens(most).withAttempts(20));
    Path first = enough.writeBatch(questions, folder, "first").files().get(0);
    Path results =
        answered(
            first,
            (number, user) -> number == 5 ? "no idea" : "Next to it there is M" + number + ".");
    run().readBatch(questions, List.of(results));
    assertThatThrownBy(() -> enough.writeBatch(questions, folder, "second"))
        .isInstanceOf(BudgetReachedException.class)
        .hasMessageContaining("spent are 2200 tokens in 20 requests");
    assertThatThrownBy(
            () -> run().withBudget(Budget.ofMoney("9")).writeBatch(questions, folder, "no-prices"))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("withPrices");
  }

  @Test
  void batchesNeedATeacherThatHasThemAndAJournal() {
    SynthesisRun template = SynthesisRun.with(new TemplateSynthesizer());
    assertThatThrownBy(() -> template.writeBatch(questions, folder, "x"))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("an OpenAiTeacher");
    assertThatThrownBy(() -> template.readBatch(questions, List.of()))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("set withJournal");
  }
}
