package ai.kale.examples.bench.teacher;

import ai.kale.data.GroundedQuestion;
import ai.kale.rationale.SynthesisRun;
import ai.kale.rationale.SynthesisSummary;
import ai.kale.rationale.TeacherSynthesizer;
import ai.kale.tck.Samples;
import ai.kale.teacher.RateLimit;
import ai.kale.teacher.RetryPolicy;
import ai.kale.teacher.openai.ApiKey;
import ai.kale.teacher.openai.OpenAiTeacher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** The run that is killed: in a JVM of its own, or in this one. */
public final class FaultsRun {
  static final int MAX_TOKENS = 200;

  /** Must be in no file of the run. */
  static final String KEY = "sk-bench-4Jq8Zt";

  private FaultsRun() {}

  /**
   * Runs to the end, unless killed.
   *
   * @param args base URL, journal, file for the summary, questions, requests a minute, concurrency
   * @throws IOException if the summary cannot be written
   */
  public static void main(String[] args) throws IOException {
    SynthesisSummary summary =
        run(
            args[0],
            Path.of(args[1]),
            Integer.parseInt(args[3]),
            Integer.parseInt(args[4]),
            Integer.parseInt(args[5]));
    Files.writeString(
        Path.of(args[2]),
        summary.total()
            + " "
            + summary.kept()
            + " "
            + summary.retried()
            + " "
            + summary.fellBack()
            + " "
            + summary.dropped()
            + "\n"
            + summary.describe());
  }

  static OpenAiTeacher teacher(String url) {
    return OpenAiTeacher.builder(url, "bench-model").key(ApiKey.of(KEY)).build();
  }

  static SynthesisSummary run(String url, Path journal, int questions, int rate, int concurrency) {
    List<GroundedQuestion> all = IntStream.range(0, questions).mapToObj(Samples::numbered).toList();
    return SynthesisRun.with(TeacherSynthesizer.builder(teacher(url)).maxTokens(MAX_TOKENS).build())
        .withJournal(journal)
        .withConcurrency(concurrency)
        .withRateLimit(RateLimit.ofRequests(rate))
        .withRetry(
            RetryPolicy.standard()
                .withAttempts(12)
                .withDelays(Duration.ofMillis(200), 2, Duration.ofSeconds(5)))
        .run(all)
        .summary();
  }
}
