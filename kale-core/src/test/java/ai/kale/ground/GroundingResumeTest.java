package ai.kale.ground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.PathExtractor;
import ai.kale.PathQuery;
import ai.kale.PathResult;
import ai.kale.data.PathReport;
import ai.kale.data.Question;
import ai.kale.error.CorruptFileException;
import ai.kale.error.InvalidInputException;
import ai.kale.error.OperationCancelledException;
import ai.kale.error.SetupException;
import ai.kale.run.CancellationToken;
import ai.kale.run.RunContext;
import ai.kale.testing.ToyStages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class GroundingResumeTest {
  private static final int COUNT = 100;
  private static final byte[] WHOLE = Numbered.whole(COUNT).getBytes(StandardCharsets.UTF_8);

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  @SuppressWarnings("NullAway.Init")
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("grounded.jsonl");
  }

  private static GroundingReport run(Path file) {
    return GroundingRun.of(Numbered.grounder().withThreads(2))
        .run(Numbered.questions(COUNT).iterator(), file);
  }

  private static void resumesAfter(Path file, int bytes) {
    try {
      Files.write(Numbered.part(file), Arrays.copyOf(WHOLE, bytes));
      long lines =
          new String(WHOLE, 0, bytes, StandardCharsets.UTF_8)
              .chars()
              .filter(c -> c == '\n')
              .count();
      assertThat(run(file).resumed()).isEqualTo(lines);
      assertThat(Files.readAllBytes(file)).isEqualTo(WHOLE);
      assertThat(Numbered.part(file)).doesNotExist();
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void resumesAroundEveryLineBreak() {
    resumesAfter(file, 0);
    for (int i = 1; i < WHOLE.length; i++) {
      if (WHOLE[i - 1] == '\n') {
        resumesAfter(file, i - 1);
        resumesAfter(file, i);
        resumesAfter(file, i + 1);
      }
    }
    resumesAfter(file, WHOLE.length);
  }

  @Property(tries = 150)
  void resumesAfterAnyByte(
      @ForAll @DoubleRange(min = 0, max = 1) double share, @ForAll @IntRange(max = 3) int more)
      throws IOException {
    Path temporary = Files.createTempDirectory("kale-resume");
    try {
      int bytes = Math.min(WHOLE.length, (int) (share * WHOLE.length) + more);
      resumesAfter(temporary.resolve("grounded.jsonl"), bytes);
    } finally {
      Files.delete(temporary);
    }
  }

  @Test
  void aCancelledRunKeepsWhatIsFinishedAndGoesOn() {
    for (int threads : new int[] {1, 3}) {
      CancellationToken token = new CancellationToken();
      RunContext context =
          new RunContext(
              p -> {
                assertThat(p.total()).isEqualTo(-1);
                if (p.done() == 70) {
                  token.cancel();
                }
              },
              token);
      assertThatThrownBy(
              () ->
                  GroundingRun.of(Numbered.grounder().withThreads(threads).withContext(context))
                      .run(Numbered.questions(COUNT).iterator(), file))
          .isInstanceOf(OperationCancelledException.class);
      assertPrefix();
      long kept =
          Files.exists(Numbered.part(file))
              ? Numbered.text(Numbered.part(file)).lines().count()
              : 0;
      List<Long> done = new ArrayList<>();
      RunContext again = new RunContext(p -> done.add(p.done()), new CancellationToken());
      GroundingReport report =
          GroundingRun.of(Numbered.grounder().withThreads(1).withContext(again))
              .run(Numbered.questions(COUNT).iterator(), file);
      assertThat(report.resumed()).isEqualTo(kept);
      assertThat(done).hasSize((int) (COUNT - kept)).endsWith((long) COUNT);
      assertThat(file).hasBinaryContent(WHOLE);
    }
  }

  private void assertPrefix() {
    if (Files.exists(Numbered.part(file))) {
      String kept = Numbered.text(Numbered.part(file));
      assertThat(new String(WHOLE, StandardCharsets.UTF_8)).startsWith(kept);
      assertThat(kept).endsWith("\n");
    }
  }

  @Test
  void anInterruptedRunWritesNothingThatTheInterruptCutShort() throws InterruptedException {
    CountDownLatch others = new CountDownLatch(COUNT - 1);
    CountDownLatch stuck = new CountDownLatch(1);
    PathExtractor toy = new ToyStages.Extractor();
    PathExtractor slow =
        (graph, query) -> {
          int number = query.sources()[0] / 2;
          if (number == 70) {
            try {
              others.await();
              stuck.countDown();
              new CountDownLatch(1).await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
              return new PathResult(List.of(), PathReport.cut(0, PathReport.INTERRUPTED));
            }
          }
          return toy.extract(graph, query);
        };
    RunContext context = new RunContext(p -> others.countDown(), new CancellationToken());
    AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
    AtomicReference<Boolean> still = new AtomicReference<>(false);
    Thread caller =
        new Thread(
            () -> {
              try {
                GroundingRun.of(Numbered.grounder(slow).withThreads(3).withContext(context))
                    .run(Numbered.questions(COUNT).iterator(), file);
              } catch (OperationCancelledException e) {
                thrown.set(e);
                still.set(Thread.currentThread().isInterrupted());
              }
            });
    caller.start();
    stuck.await();
    caller.interrupt();
    caller.join();
    assertThat(thrown.get()).isInstanceOf(OperationCancelledException.class);
    assertThat(still).hasValue(true);
    assertPrefix();
    assertThat(Numbered.text(Numbered.part(file)).lines()).hasSize(70);
    assertThat(run(file).times().searches()).isEqualTo(30);
    assertThat(file).hasBinaryContent(WHOLE);
  }

  @Test
  void otherQuestionsAreRefusedAndNothingIsChanged() throws IOException {
    Path part = Numbered.part(file);
    byte[] begun = Arrays.copyOf(WHOLE, WHOLE.length / 2);
    Files.write(part, begun);
    List<Question> questions = new ArrayList<>(Numbered.questions(COUNT));
    questions.remove(3);
    GroundingRun run = GroundingRun.of(Numbered.grounder());
    assertThatThrownBy(() -> run.run(questions.iterator(), file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(
            "grounded.jsonl.part:4: this interrupted run has question 'q3', but the input has"
                + " question 'q4' here; give the questions it was begun with, or delete the file");
    questions.add(3, Numbered.question(3).withAnswers(List.of("else")));
    assertThatThrownBy(() -> run.run(questions.iterator(), file))
        .hasMessageContaining("the input has question 'q3' here with another content;");
    assertThatThrownBy(() -> run.run(Numbered.questions(5).iterator(), file))
        .hasMessageContaining(
            ".part:6: this interrupted run has question 'q5', but the questions end before it");
    assertThatThrownBy(
            () ->
                GroundingRun.of(
                        Numbered.grounder()
                            .withLimits(PathQuery.between(new int[0], new int[0]).withMaxHops(2)))
                    .run(Numbered.questions(COUNT).iterator(), file))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining(
            ".part:1: this run was begun with maxHops 3, and now it is 2; use the settings");
    assertThatThrownBy(
            () ->
                GroundingRun.of(
                        Numbered.grounder()
                            .withLimits(PathQuery.between(new int[0], new int[0]).withMaxArcs(9)))
                    .run(Numbered.questions(COUNT).iterator(), file))
        .hasMessageContaining("begun with maxArcs the default, and now it is 9");
    assertThat(part).hasBinaryContent(begun);
    assertThat(file).doesNotExist();
  }

  @Test
  void aDamagedLineIsRefusedAndNothingIsChanged() throws IOException {
    Path part = Numbered.part(file);
    String whole = new String(WHOLE, StandardCharsets.UTF_8);
    byte[] notText = WHOLE.clone();
    notText[whole.substring(0, whole.indexOf('ż')).length() + 1] = 'x';
    for (byte[] bytes :
        List.of(
            whole.replaceFirst("\"paths\"", "\"pat").getBytes(StandardCharsets.UTF_8),
            whole.replaceFirst("\"questionEntities\":", "\"q\":").getBytes(StandardCharsets.UTF_8),
            whole.replaceFirst("\n", "\r\n").getBytes(StandardCharsets.UTF_8),
            notText)) {
      Files.write(part, bytes);
      assertThatThrownBy(() -> run(file))
          .isInstanceOf(CorruptFileException.class)
          .hasMessageContaining("grounded.jsonl.part:1: ")
          .hasMessageContaining("to go on from there, or delete the file to begin anew");
      assertThat(part).hasBinaryContent(bytes);
    }
  }

  @Test
  void aFileThatIsNotOursIsNotTakenForATornLine() throws IOException {
    Path part = Files.writeString(Numbered.part(file), "half of a download");
    assertThatThrownBy(() -> run(file))
        .isInstanceOf(CorruptFileException.class)
        .hasMessageContaining(
            ".part:1: it does not begin with {\"kale\":\"grounded-question/1\",; nothing was changed");
    assertThat(part).hasContent("half of a download");
    // The zeros of a power cut.
    byte[] zeros = Arrays.copyOf(WHOLE, WHOLE.length + 500);
    Files.write(part, zeros);
    assertThat(run(file).resumed()).isEqualTo(COUNT);
    assertThat(file).hasBinaryContent(WHOLE);
  }

  @Test
  void numbersOfExtraFieldsCompareAsTheyAreWritten() throws IOException {
    Question odd =
        new Question(
            "q0", "?", List.of("a"), List.of(), List.of(), "q0", Map.of("weight", 0.5, "n", 3));
    GroundingRun run = GroundingRun.of(Numbered.grounder());
    run.run(List.of(odd).iterator(), file);
    Files.move(file, Numbered.part(file));
    assertThat(run.run(List.of(odd).iterator(), file).resumed()).isEqualTo(1);
  }

  @Test
  void aCancelIsNoticedWhileThePartFileIsRead() throws IOException {
    Files.write(Numbered.part(file), WHOLE);
    CancellationToken token = new CancellationToken();
    List<Question> read = new ArrayList<>();
    Iterator<Question> questions =
        Numbered.questions(COUNT).stream()
            .peek(read::add)
            .peek(
                question -> {
                  if (read.size() == 10) {
                    token.cancel();
                  }
                })
            .iterator();
    RunContext context = new RunContext(p -> {}, token);
    assertThatThrownBy(
            () -> GroundingRun.of(Numbered.grounder().withContext(context)).run(questions, file))
        .isInstanceOf(OperationCancelledException.class);
    assertThat(read).hasSizeLessThan(COUNT);
    assertThat(Numbered.part(file)).hasBinaryContent(WHOLE);
    assertThat(file).doesNotExist();
  }

  @Test
  void aCancelIsNoticedWhileABlockIsWaitedFor() {
    CancellationToken token = new CancellationToken();
    Thread caller = Thread.currentThread();
    PathExtractor toy = new ToyStages.Extractor();
    // There is one block, so a caller that waits waits for it.
    PathExtractor stuck =
        (graph, query) -> {
          while (caller.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
          }
          token.cancel();
          await(new CountDownLatch(1));
          return toy.extract(graph, query);
        };
    RunContext context = new RunContext(p -> {}, token);
    assertThatThrownBy(
            () ->
                GroundingRun.of(Numbered.grounder(stuck).withThreads(2).withContext(context))
                    .run(Numbered.questions(3).iterator(), file))
        .isInstanceOf(OperationCancelledException.class);
    assertThat(file).doesNotExist();
  }

  @Test
  void aCancelWhileQuestionsAreReadKeepsTheBlocksThatAreFinished() {
    CancellationToken token = new CancellationToken();
    int finished = 2 * QuestionGrounder.BLOCK;
    CountDownLatch searched = new CountDownLatch(finished);
    Iterator<Question> questions =
        Numbered.questions(COUNT).stream()
            .peek(
                question -> {
                  if (question.id().equals("q" + (finished + 5))) {
                    await(searched);
                    token.cancel();
                  }
                })
            .iterator();
    RunContext context = new RunContext(p -> searched.countDown(), token);
    assertThatThrownBy(
            () ->
                GroundingRun.of(Numbered.grounder().withThreads(2).withContext(context))
                    .run(questions, file))
        .isInstanceOf(OperationCancelledException.class);
    assertPrefix();
    assertThat(Numbered.text(Numbered.part(file)).lines().count()).isGreaterThanOrEqualTo(finished);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void twoRunsDoNotWriteTheSameFile() {
    PartFile other = PartFile.open(file, "{");
    assertThatThrownBy(() -> run(file))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("is in use by another run");
    other.close();
    assertThat(run(file).resumed()).isZero();
  }
}
