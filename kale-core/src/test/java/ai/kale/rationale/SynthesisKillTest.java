package ai.kale.rationale;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.data.GroundedQuestion;
import ai.kale.spi.TeacherModel.Prompt;
import ai.kale.tck.ChatCompletionsServer;
import ai.kale.tck.ChatRequest;
import ai.kale.tck.Samples;
import ai.kale.tck.ServerFault;
import ai.kale.tck.ServerFaults;
import ai.kale.teacher.ReplyJournal;
import ai.kale.teacher.RetryPolicy;
import ai.kale.teacher.openai.ApiKey;
import ai.kale.teacher.openai.OpenAiTeacher;
import ai.kale.testing.ChildJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run in a process of its own, killed at random moments while a server goes wrong. */
class SynthesisKillTest {
  private static final int QUESTIONS = 120;
  private static final int KILLS = 4;
  private static final int MAX_TOKENS = 100;
  private static final Pattern KEY = Pattern.compile("\"key\":\"([0-9a-f]{64})\"");

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private final Queue<String> asked = new ConcurrentLinkedQueue<>();
  private final Set<String> everAsked = ConcurrentHashMap.newKeySet();

  /** What is run, killed and run again. */
  public static final class Run {
    private Run() {}

    public static void main(String[] args) {
      SynthesisKillTest.run(args[0], Path.of(args[1]));
    }
  }

  private static OpenAiTeacher teacher(String url) {
    return OpenAiTeacher.builder(url, "test-model").key(ApiKey.of("sk-canary")).build();
  }

  private static List<GroundedQuestion> questions() {
    return IntStream.range(0, QUESTIONS).mapToObj(Samples::numbered).toList();
  }

  private static SynthesisRun.Result run(String url, Path journal) {
    return SynthesisRun.with(TeacherSynthesizer.builder(teacher(url)).maxTokens(MAX_TOKENS).build())
        .withJournal(journal)
        .withConcurrency(6)
        .withRetry(
            RetryPolicy.standard()
                .withAttempts(20)
                .withDelays(Duration.ofMillis(5), 1.5, Duration.ofMillis(50)))
        .run(questions());
  }

  private String answer(ChatRequest request) {
    String key =
        ReplyJournal.key(
            "openai:test-model@127.0.0.1",
            new Prompt(request.system(), request.user(), MAX_TOKENS, 0));
    asked.add(key);
    everAsked.add(key);
    return request
        .user()
        .replaceAll("(?s).*<answer>\"(M[0-9]+)\".*", "Next to it there is $1, as is known.");
  }

  @Test
  void nothingThatIsJournalledIsAskedAgainAndNoQuestionIsLost()
      throws IOException, InterruptedException {
    Path journal = folder.resolve("journal.jsonl");
    SplittableRandom random = new SplittableRandom(20261122);
    try (ChatCompletionsServer server =
        ChatCompletionsServer.start(this::answer)
            .latency(Duration.ofMillis(60))
            .slowBodies(Duration.ofMillis(100))
            .faults(
                ServerFaults.none()
                    .withSeed(7)
                    .with(ServerFault.BUSY, 0.05)
                    .with(ServerFault.SERVER_ERROR, 0.05)
                    .with(ServerFault.MALFORMED_JSON, 0.02)
                    .with(ServerFault.TRUNCATED_BODY, 0.02)
                    .with(ServerFault.RESET, 0.02)
                    .with(ServerFault.SLOW_BODY, 0.02)
                    .with(ServerFault.EMPTY_COMPLETION, 0.05)
                    .with(ServerFault.KEY_ECHO, 0.05))) {
      String url = server.baseUrl().toString();
      for (int kill = 0; kill < KILLS; kill++) {
        Set<String> paid = journalled(journal);
        Process child = ChildJvm.start(Run.class, url, journal.toString());
        waitForReplies(child, journal, paid.size() + 5 + random.nextInt(15));
        assertThat(child.destroyForcibly().waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(askedAgain(paid)).as("asked again in life %s", kill).isEmpty();
      }
      Set<String> paid = journalled(journal);
      assertThat(paid).hasSizeBetween(KILLS * 5, QUESTIONS);
      SynthesisRun.Result last = run(url, journal);
      assertThat(askedAgain(paid)).isEmpty();
      SynthesisSummary summary = last.summary();
      assertThat(last.questions()).hasSize(QUESTIONS);
      assertThat(summary.kept() + summary.retried() + summary.fellBack()).isEqualTo(QUESTIONS);
      assertThat(summary.kept()).isGreaterThan(QUESTIONS / 2);
      assertThat(summary.resumed()).isPositive();
      assertThat(Files.readString(journal)).doesNotContain("sk-canary");
      assertThat(run(url, journal).summary().resumed()).isEqualTo(QUESTIONS);
      assertThat(asked).isEmpty();
      assertThat(everAsked).containsAll(journalled(journal)).hasSizeGreaterThan(QUESTIONS);
    }
  }

  private void waitForReplies(Process child, Path journal, int replies)
      throws IOException, InterruptedException {
    while (child.isAlive() && journalled(journal).size() < replies) {
      Thread.sleep(5);
    }
    if (!child.isAlive()) {
      throw new AssertionError(
          String.format(
              Locale.ROOT,
              "the run ended by itself: %s",
              new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8)));
    }
  }

  /** The keys of all whole lines, read beside the run that writes them. */
  private static Set<String> journalled(Path journal) throws IOException {
    Set<String> keys = new HashSet<>();
    if (Files.exists(journal)) {
      String text = Files.readString(journal, StandardCharsets.ISO_8859_1);
      Matcher matcher = KEY.matcher(text.substring(0, text.lastIndexOf('\n') + 1));
      while (matcher.find()) {
        keys.add(matcher.group(1));
      }
    }
    return keys;
  }

  /** Which of these were asked since the last look. */
  private Set<String> askedAgain(Set<String> paid) {
    Set<String> again = new HashSet<>(asked);
    asked.clear();
    again.retainAll(paid);
    return again;
  }
}
