package ai.kale.rationale;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.data.GroundedQuestion;
import ai.kale.export.ExportText;
import ai.kale.export.OpenAiExport;
import ai.kale.jsonl.JsonlFormat;
import ai.kale.tck.ChatCompletionsServer;
import ai.kale.tck.ChatRequest;
import ai.kale.tck.Samples;
import ai.kale.tck.ServerFault;
import ai.kale.tck.ServerFaults;
import ai.kale.teacher.RetryPolicy;
import ai.kale.teacher.openai.ApiKey;
import ai.kale.teacher.openai.OpenAiTeacher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that repeats the key in errors and in replies: nothing that a run leaves holds it. */
class SynthesisSecretsTest {
  private static final String KEY = "skcanaryZq7Vw3Lp9Kd5";

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private static String echo(ChatRequest request) {
    String answer = request.user().replaceAll("(?s).*<answer>\"(M[0-9]+)\".*", "$1");
    boolean wrong = answer.endsWith("7");
    return "You sent "
        + request.headers().getOrDefault("authorization", "nothing").replace("Bearer ", "")
        + ", and next to it there is "
        + (wrong ? "nothing, " + KEY : answer + ".");
  }

  @Test
  void aKeyThatTheServerRepeatsIsInNoFileAndNoOutcome() throws IOException {
    Path journal = folder.resolve("journal.jsonl");
    List<GroundedQuestion> questions = IntStream.range(0, 60).mapToObj(Samples::numbered).toList();
    Map<String, String> left = new LinkedHashMap<>();
    try (ChatCompletionsServer server =
        ChatCompletionsServer.start(SynthesisSecretsTest::echo)
            .faults(ServerFaults.none().withSeed(3).with(ServerFault.KEY_ECHO, 0.3))) {
      OpenAiTeacher teacher =
          OpenAiTeacher.builder(server.baseUrl().toString(), "m").key(ApiKey.of(KEY)).build();
      SynthesisRun run =
          SynthesisRun.with(TeacherSynthesizer.builder(teacher).build())
              .withJournal(journal)
              .withRetry(
                  RetryPolicy.standard()
                      .withAttempts(2)
                      .withDelays(Duration.ofMillis(1), 2, Duration.ofMillis(2)))
              .withFailureLimit(60);
      SynthesisRun.Result result = run.run(questions);
      left.put("estimate", run.estimate(questions).describe());
      left.put("outcomes", result.outcomes().toString());
      left.put("summary", result.summary().describe() + result.summary());
      Path rows = folder.resolve("rows.jsonl");
      JsonlFormat.rationalizedQuestions().write(rows, result.questions());
      left.put("rows", Files.readString(rows));
      Path export = folder.resolve("export.jsonl");
      OpenAiExport.messages()
          .with(ExportText.standard().withTarget(ExportText.Target.RATIONALE_THEN_ANSWER))
          .write(export, result.questions());
      left.put("export", Files.readString(export));
      left.put("journal", Files.readString(journal));
      assertThat(result.summary().dropped()).isPositive();
      assertThat(result.questions()).hasSizeGreaterThan(30);
      assertThat(server.statistics().faults().get(ServerFault.KEY_ECHO)).isGreaterThan(10);
    }
    left.forEach(
        (what, text) -> assertThat(text.contains(KEY.substring(0, 12))).as(what).isFalse());
    for (String what : List.of("journal", "rows", "export", "outcomes")) {
      assertThat(left.getOrDefault(what, "").contains("You sent ***, and next to it"))
          .as(what)
          .isTrue();
    }
    assertThat(left.getOrDefault("outcomes", ""))
        .contains("upstream failed for Authorization: Bearer ***");
  }
}
