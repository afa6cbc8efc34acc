package ai.kale.rationale;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.data.GroundedQuestion;
import ai.kale.spi.TeacherModel;
import ai.kale.tck.ChatCompletionsServer;
import ai.kale.tck.Samples;
import ai.kale.teacher.Budget;
import ai.kale.teacher.CostEstimate;
import ai.kale.teacher.ManagedTeacher;
import ai.kale.teacher.Prices;
import ai.kale.teacher.RateLimit;
import ai.kale.teacher.ReplyJournal;
import ai.kale.teacher.RetryPolicy;
import ai.kale.teacher.openai.OpenAiTeacher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds and runs the snippets of docs/teacher-runs.md. */
class TeacherRunsPageTest {
  private static final String SOURCE = "src/test/java/ai/kale/rationale/TeacherRunsPageTest.java";

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private final List<GroundedQuestion> questions = List.of(Samples.curie());

  private static List<Path> upload(List<Path> files) {
    return files.subList(0, 0);
  }

  @Test
  void theSnippetsRun() {
    try (ChatCompletionsServer server =
        ChatCompletionsServer.start(request -> "Born in Warsaw in Poland, so the Polish zloty.")) {
      TeacherModel teacher =
          OpenAiTeacher.builder(server.baseUrl().toString(), "some-model").build();
      TeacherSynthesizer synthesizer = TeacherSynthesizer.builder(teacher).build();
      // docs: run
      SynthesisRun run =
          SynthesisRun.with(synthesizer)
              .withJournal(folder.resolve("journal.jsonl"))
              .withConcurrency(64)
              .withRateLimit(new RateLimit(500, 200_000))
              .withRetry(RetryPolicy.standard())
              .withPrices(Prices.perMillion("2.50", "10.00", "USD"));
      SynthesisRun.Result result = run.run(questions);
      String text = result.summary().describe();
      // docs: end
      assertThat(text).contains("1 questions: 1 kept", " USD; 0 replies from the journal");
      // docs: estimate
      CostEstimate estimate = run.estimate(questions);
      String about = estimate.describe();
      SynthesisRun limited = run.withBudget(Budget.ofMoney("25.00"));
      // docs: end
      assertThat(about).startsWith("1 questions, 1 replies in the journal; 0 requests");
      assertThat(limited.run(questions).summary().resumed()).isEqualTo(1);
      // docs: offline
      SynthesisRun.Result taken =
          run.withJournalOnly(folder.resolve("journal.jsonl")).run(questions);
      // docs: end
      assertThat(taken.questions()).isEqualTo(result.questions());
      // docs: batch
      BatchWritten written = run.writeBatch(questions, folder, "round-1");
      List<Path> fetched = upload(written.files());
      BatchRead read = run.readBatch(questions, fetched);
      // docs: end
      assertThat(written.journalled()).isEqualTo(1);
      assertThat(read.accepted()).isZero();
      TeacherModel.Prompt prompt = new TeacherModel.Prompt("system", "user", 50, 0);
      // docs: managed
      try (ReplyJournal journal = ReplyJournal.open(folder.resolve("linking.jsonl"));
          ManagedTeacher managed =
              ManagedTeacher.builder(teacher)
                  .journal(journal)
                  .budget(Budget.ofAttempts(1000))
                  .build()) {
        TeacherModel.Reply reply = managed.reply(prompt);
        // docs: end
        assertThat(reply.text()).startsWith("Born in Warsaw");
      }
    }
  }

  @Test
  void thePageSaysWhatIsTestedHere() throws IOException {
    Path base = Path.of(System.getProperty("basedir", ".")).toAbsolutePath();
    String here =
        squeezed(
            Files.readString(base.resolve(SOURCE)).replaceAll("(?m)^ *(// docs|assertThat).*", ""));
    String[] blocks =
        Files.readString(base.resolve("../docs/teacher-runs.md")).split("```java\\R", -1);
    assertThat(blocks.length).isEqualTo(6);
    for (int i = 1; i < blocks.length; i++) {
      assertThat(here).contains(squeezed(blocks[i].substring(0, blocks[i].indexOf("```"))));
    }
  }

  private static String squeezed(String text) {
    return text.replaceAll("\\s+", "");
  }
}
