package ai.kale.ground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.Kale;
import ai.kale.KnowledgeGraph;
import ai.kale.data.PathFallback;
import ai.kale.data.Question;
import ai.kale.error.InvalidInputException;
import ai.kale.error.SetupException;
import ai.kale.error.TransientFailureException;
import ai.kale.error.UnsupportedCapabilityException;
import ai.kale.jsonl.JsonlFormat;
import ai.kale.run.CancellationToken;
import ai.kale.run.RunContext;
import ai.kale.spi.EntityLinker;
import ai.kale.testing.ToyGraph;
import ai.kale.testing.ToyStages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class GroundingRunTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  @SuppressWarnings("NullAway.Init")
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("grounded.jsonl");
  }

  @Test
  void theFileIsThatOfTheListWhateverTheThreadsAndHoweverLongEachTakes() throws IOException {
    String whole = Numbered.whole(150);
    QuestionGrounder skewed =
        Numbered.grounder(number -> LockSupport.parkNanos(number * 7919L % 13 * 20_000));
    for (int threads : new int[] {1, 2, 5}) {
      for (int blocks : new int[] {1, 3, 50}) {
        Files.writeString(file, "what was there before");
        GroundingReport report =
            GroundingRun.of(skewed.withThreads(threads))
                .withBlocksInFlight(blocks)
                .run(Numbered.questions(150).iterator(), file);
        assertThat(Numbered.text(file)).isEqualTo(whole);
        assertThat(Numbered.part(file)).doesNotExist();
        assertThat(report.resumed()).isZero();
        assertThat(report.summary().coverage()).isEqualTo(1);
        assertThat(report.times().searches()).isEqualTo(150);
        assertThat(report.times().p50()).isLessThanOrEqualTo(report.times().max());
        assertThat(report.describe()).startsWith("150 questions").contains("ms a question");
      }
      assertThat(skewed.withThreads(threads).ground(Numbered.questions(150)))
          .isEqualTo(JsonlFormat.groundedQuestions().readAll(file));
    }
  }

  @Test
  void aHeavyQuestionHoldsUpNobodyWithinTheBoundAndNothingIsReadBeyondIt() {
    int others = 3 * QuestionGrounder.BLOCK - 1;
    CountDownLatch done = new CountDownLatch(others);
    AtomicInteger read = new AtomicInteger();
    AtomicInteger readAtRelease = new AtomicInteger();
    QuestionGrounder heavy =
        Numbered.grounder(
            number -> {
              if (number == 0) {
                await(done);
                readAtRelease.set(read.get());
              }
              done.countDown();
            });
    GroundingRun.of(heavy.withThreads(2)).withBlocksInFlight(3).run(counting(200, read), file);
    assertThat(readAtRelease).hasValue(others + 1);
    assertThat(Numbered.text(file)).isEqualTo(Numbered.whole(200));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Iterator<Question> counting(int count, AtomicInteger read) {
    return IntStream.range(0, count)
        .mapToObj(
            number -> {
              read.incrementAndGet();
              return Numbered.question(number);
            })
        .iterator();
  }

  @Test
  void anIteratorIsReadNoFartherAheadThanBlocksAreInFlight() {
    AtomicInteger read = new AtomicInteger();
    AtomicLong searched = new AtomicLong();
    AtomicLong farthest = new AtomicLong();
    RunContext context = new RunContext(p -> searched.incrementAndGet(), new CancellationToken());
    Iterator<Question> questions = counting(3000, read);
    Iterator<Question> watched =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return questions.hasNext();
          }

          @Override
          public Question next() {
            Question next = questions.next();
            farthest.accumulateAndGet(read.get() - searched.get(), Math::max);
            return next;
          }
        };
    GroundingReport report =
        GroundingRun.of(Numbered.grounder().withThreads(3).withContext(context))
            .withBlocksInFlight(4)
            .run(watched, file);
    assertThat(report.summary().total()).isEqualTo(3000);
    // A stream's iterator holds one element more.
    assertThat(farthest.get()).isBetween(1L, 4L * QuestionGrounder.BLOCK + 1);
  }

  @Test
  void aFailureNamesItsQuestionAndAllBeforeItIsKept() {
    for (int threads : new int[] {1, 4}) {
      QuestionGrounder failing =
          Numbered.grounder(
              number -> {
                if (number == 45 || number == 50 || number == 120) {
                  throw new TransientFailureException("the store is down");
                }
              });
      assertThatThrownBy(
              () ->
                  GroundingRun.of(failing.withThreads(threads))
                      .run(Numbered.questions(200).iterator(), file))
          .isInstanceOf(TransientFailureException.class)
          .hasMessage("question 'q45': the store is down");
      String whole = Numbered.whole(200);
      String kept = Numbered.text(Numbered.part(file));
      assertThat(whole).startsWith(kept);
      assertThat(kept.lines()).hasSize(45);
      GroundingReport report =
          GroundingRun.of(Numbered.grounder()).run(Numbered.questions(200).iterator(), file);
      assertThat(report.resumed()).isEqualTo(45);
      assertThat(report.times().searches()).isEqualTo(155);
      assertThat(report.summary().total()).isEqualTo(200);
      assertThat(Numbered.text(file)).isEqualTo(whole);
    }
  }

  @Test
  void failuresKeepTheTypeThatSaysWhatToDo() {
    for (RuntimeException thrown :
        List.of(
            new IllegalArgumentException("a score of NaN"),
            new IndexOutOfBoundsException("handle 7"),
            new SetupException("no network"),
            new InvalidInputException("bad label"),
            new ai.kale.error.CorruptFileException("block 3"),
            new UnsupportedCapabilityException("no enumeration"))) {
      QuestionGrounder failing =
          Numbered.grounder(
              number -> {
                throw thrown;
              });
      assertThatThrownBy(() -> failing.ground(Numbered.questions(3)))
          .isExactlyInstanceOf(thrown.getClass())
          .hasMessage("question 'q0': " + thrown.getMessage())
          .hasCause(thrown);
    }
    assertThatThrownBy(
            () ->
                Numbered.grounder(
                        number -> {
                          throw new UnsupportedOperationException("x");
                        })
                    .ground(Numbered.questions(3)))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessageContaining("question 'q0' failed: java.lang.Unsupported");
    StackOverflowError deep = new StackOverflowError();
    assertThatThrownBy(
            () ->
                Numbered.grounder(
                        number -> {
                          throw deep;
                        })
                    .withThreads(2)
                    .ground(Numbered.questions(3)))
        .isSameAs(deep);
    EntityLinker offline =
        (graph, question) -> {
          throw new TransientFailureException("offline");
        };
    assertThatThrownBy(
            () ->
                QuestionGrounder.of(ToyGraph.curie(), offline, new ToyStages.Extractor())
                    .ground(Numbered.questions(40)))
        .isInstanceOf(TransientFailureException.class)
        .hasMessage("questions 'q0' to 'q31': offline");
  }

  @Test
  void aRecordThatCannotBeWrittenIsAFailureOfItsQuestion() {
    Question plain = Numbered.question(7);
    Question odd =
        new Question(
            "q7",
            plain.text(),
            plain.answers(),
            List.of(),
            List.of(),
            "q7",
            Map.of("object", new Object()));
    List<Question> questions = new ArrayList<>(Numbered.questions(100));
    questions.set(7, odd);
    assertThatThrownBy(
            () ->
                GroundingRun.of(Numbered.grounder().withThreads(3)).run(questions.iterator(), file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("question 'q7': extra fields hold JSON values only");
    assertThat(Numbered.text(Numbered.part(file)).lines()).hasSize(7);
  }

  @Test
  void aLineThatCannotBeReadStopsTheRunAfterTheQuestionsBeforeIt() throws IOException {
    Path questions = folder.resolve("questions.jsonl");
    StringBuilder lines = new StringBuilder();
    Numbered.questions(60)
        .forEach(q -> lines.append(JsonlFormat.questions().toLine(q)).append('\n'));
    Files.writeString(questions, lines.toString().replace("\"id\":\"q40\"", "\"id\":40"));
    GroundingRun run = GroundingRun.of(Numbered.grounder().withThreads(2));
    assertThatThrownBy(() -> run.run(questions, file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("questions.jsonl:41: id must be a string");
    assertThat(Numbered.text(Numbered.part(file)).lines()).hasSize(40);
    assertThat(file).doesNotExist();
    Files.writeString(questions, lines.toString());
    assertThat(run.run(questions, file).resumed()).isEqualTo(40);
    assertThat(Numbered.text(file)).isEqualTo(Numbered.whole(60));
  }

  @Test
  void noQuestionsAndFilesThatCannotBeWritten() throws IOException {
    GroundingRun run = GroundingRun.of(Numbered.grounder());
    GroundingReport nothing = run.run(List.<Question>of().iterator(), file);
    assertThat(file).isEmptyFile();
    assertThat(nothing.summary().total()).isZero();
    Path empty = Files.createFile(folder.resolve("empty.jsonl"));
    assertThatThrownBy(() -> run.run(empty, folder.resolve("out.jsonl")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("there is no question");
    assertThatThrownBy(() -> run.run(empty, folder.resolve("x/../empty.jsonl")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("overwritten");
    assertThatThrownBy(
            () -> run.run(Numbered.questions(1).iterator(), folder.resolve("none/out.jsonl")))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("check folder and permissions");
    assertThatThrownBy(() -> run.run(Numbered.questions(1).iterator(), folder))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("not a plain file");
    assertThatThrownBy(() -> run.withBlocksInFlight(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                GroundingRun.of(
                        Numbered.grounder(
                            n -> {
                              throw new IllegalStateException("x");
                            }))
                    .run(Numbered.questions(1).iterator(), folder.resolve("out.jsonl")))
        .isInstanceOf(IllegalStateException.class);
    assertThat(folder.resolve("out.jsonl.part")).doesNotExist();
  }

  @Test
  void theQuestionsAreNotOverwrittenByAnyName() throws IOException {
    GroundingRun run = GroundingRun.of(Numbered.grounder());
    Path questions = folder.resolve("questions.jsonl.part");
    String lines = JsonlFormat.questions().toLine(Numbered.question(1)) + "\n";
    Files.writeString(questions, lines);
    Path link = Files.createSymbolicLink(folder.resolve("link.jsonl"), questions);
    for (Path[] names : new Path[][] {{questions, link}, {link, questions}}) {
      assertThatThrownBy(() -> run.run(names[0], names[1]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("overwritten");
    }
    for (Path name : List.of(questions, link)) {
      assertThatThrownBy(() -> run.run(name, folder.resolve("questions.jsonl")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("where a run keeps what it has done of");
    }
    assertThat(questions).hasContent(lines);
    assertThat(folder.resolve("link.jsonl.part")).doesNotExist();
  }

  @Test
  void theFileThatALinkLeadsToIsWritten() throws IOException {
    Path linked = Files.writeString(folder.resolve("linked.jsonl"), "before");
    Files.createSymbolicLink(file, linked);
    GroundingRun.of(Numbered.grounder()).run(Numbered.questions(3).iterator(), file);
    assertThat(file).isSymbolicLink();
    assertThat(Numbered.text(linked)).isEqualTo(Numbered.whole(3));
  }

  @Test
  void byDefaultFourBlocksAThreadAreBegun() {
    AtomicInteger read = new AtomicInteger();
    AtomicInteger readAtRelease = new AtomicInteger();
    int others = 8 * QuestionGrounder.BLOCK - 1;
    CountDownLatch done = new CountDownLatch(others);
    QuestionGrounder heavy =
        Numbered.grounder(
            number -> {
              if (number == 0) {
                await(done);
                readAtRelease.set(read.get());
              }
              done.countDown();
            });
    GroundingRun.of(heavy.withThreads(2)).run(counting(290, read), file);
    // The reader may be at the last block while its searches end.
    assertThat(readAtRelease).hasValue(others + 1);
  }

  @Test
  void theChainGroundsAFileIntoAFileWithItsFallback() throws IOException {
    Path questions = folder.resolve("questions.jsonl");
    Files.writeString(
        questions,
        """
        {"question": "Who is Marie Curie?", "answer": "Nobody"}
        {"question": "Where was Marie Curie born?", "answer": "Warsaw"}
        {"question": "What of Marie Curie?"}
        """);
    KnowledgeGraph graph = ToyGraph.curie();
    GroundingReport report =
        Kale.with(graph)
            .linker(new ToyStages.Linker())
            .extractor(new ToyStages.Extractor())
            .fallback(PathFallback.TOWARD_ANSWER)
            .fallback(PathFallback.FROM_QUESTION)
            .limits(query -> query.withMaxHops(2))
            .ground(questions, file);
    assertThat(report.summary()).isEqualTo(Kale.grounded(file).summary());
    assertThat(report.summary().count(GroundingOutcome.QUESTION_PATHS)).isEqualTo(2);
    assertThat(report.summary().count(GroundingOutcome.GROUNDED)).isEqualTo(1);
    assertThat(Kale.grounded(file).questions().get(0).provenance().facts())
        .containsEntry("outcome", "question-paths")
        .containsEntry("extractor", "toy-extractor/1+from-question");
  }
}
