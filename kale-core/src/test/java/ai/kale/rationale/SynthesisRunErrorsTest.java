package ai.kale.rationale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.RationaleSynthesizer;
import ai.kale.data.GroundedQuestion;
import ai.kale.data.Synthesis;
import ai.kale.error.InvalidInputException;
import ai.kale.error.TransientFailureException;
import ai.kale.run.CancellationToken;
import ai.kale.run.RunContext;
import ai.kale.tck.Samples;
import ai.kale.teacher.RetryPolicy;
import ai.kale.testing.ScriptedTeacher;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a run does with failures that a teacher, a check or a listener may not have. */
@Timeout(60)
class SynthesisRunErrorsTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private final List<GroundedQuestion> questions =
      IntStream.range(0, 30).mapToObj(Samples::numbered).toList();

  private SynthesisRun run(Supplier<String> script) {
    ScriptedTeacher teacher = new ScriptedTeacher(prompt -> script.get());
    return SynthesisRun.with(
            TeacherSynthesizer.builder(teacher).checks(List.of()).maxTokens(20).build())
        .withJournal(folder.resolve("j"))
        .withConcurrency(1);
  }

  /** Gives the futures of a script. */
  private record Futures(Function<GroundedQuestion, CompletableFuture<Synthesis>> script)
      implements RationaleSynthesizer {
    @Override
    public String id() {
      return "futures";
    }

    @Override
    public Synthesis synthesize(GroundedQuestion question) {
      return script.apply(question).join();
    }

    @Override
    public CompletableFuture<Synthesis> synthesizeAsync(
        GroundedQuestion question, Executor executor) {
      return script.apply(question);
    }
  }

  private static CompletableFuture<Synthesis> dropped() {
    return CompletableFuture.completedFuture(Rows.dropped(List.of("no-path: none")));
  }

  @Test
  void anErrorOfTheTeacherEndsTheRunAsItIs() {
    SynthesisRun run =
        run(
            () -> {
              throw new NoClassDefFoundError("some/Library");
            });
    assertThatThrownBy(() -> run.run(questions)).isInstanceOf(NoClassDefFoundError.class);
  }

  @Test
  void anErrorOfTheSynthesizerOrTheListenerEndsTheRunToo() {
    Futures broken =
        new Futures(
            question -> {
              throw new LinkageError("broken");
            });
    assertThatThrownBy(() -> SynthesisRun.with(broken).run(questions))
        .isInstanceOf(LinkageError.class);
    RunContext context =
        new RunContext(
            progress -> {
              throw new AssertionError("the listener's");
            },
            new CancellationToken());
    assertThatThrownBy(() -> run(() -> "yes").withContext(context).run(questions))
        .isInstanceOf(AssertionError.class)
        .hasMessage("the listener's");
  }

  @Test
  void aServiceThatWantsToBeLeftAloneForADayStopsTheRun() {
    AtomicInteger asked = new AtomicInteger();
    SynthesisRun run =
        run(
            () -> {
              if (asked.getAndIncrement() == 1) {
                throw TransientFailureException.refusal("busy", Optional.of(Duration.ofHours(24)));
              }
              return "yes";
            });
    assertThatThrownBy(() -> run.run(questions))
        .isInstanceOf(TransientFailureException.class)
        .hasMessageContaining("the service asks to wait 24.0 h");
    assertThat(asked).hasValue(2);
  }

  @Test
  void aFutureThatTimesOutDropsItsQuestion() {
    Futures slow =
        new Futures(
            question ->
                question.equals(questions.get(3))
                    ? CompletableFuture.failedFuture(new TimeoutException())
                    : dropped());
    assertThatThrownBy(() -> SynthesisRun.with(slow).run(questions))
        .isInstanceOf(TransientFailureException.class)
        .hasMessageContaining("teacher-failed=1")
        .hasMessageContaining("no-path=29");
  }

  @Test
  @SuppressWarnings("NullAway") // what a careless synthesizer does
  void whatIsNoFailureOfATeacherStopsTheRunAndNamesTheQuestion() {
    String id = questions.get(0).question().id();
    for (Map.Entry<Throwable, String> failure :
        Map.<Throwable, String>of(
                new IOException("a file"), "java.io.IOException: a file",
                new NullPointerException("a mistake"), "a mistake")
            .entrySet()) {
      Futures odd = new Futures(question -> CompletableFuture.failedFuture(failure.getKey()));
      assertThatThrownBy(() -> SynthesisRun.with(odd).run(questions))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("question " + id + " failed")
          .hasMessageContaining(failure.getValue())
          .hasCause(failure.getKey());
    }
    Futures nothing = new Futures(question -> CompletableFuture.completedFuture(null));
    assertThatThrownBy(() -> SynthesisRun.with(nothing).run(questions))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("question " + id + " got no outcome");
  }

  @Test
  void aCheckThatThrowsIsNamedWithTheQuestion() {
    RationaleCheck broken =
        new RationaleCheck() {
          @Override
          public String name() {
            return "broken/1";
          }

          @Override
          public Optional<String> problem(GroundedQuestion question, String rationale) {
            throw new IndexOutOfBoundsException("7");
          }
        };
    String expected = "the check broken/1 failed on question " + questions.get(0).question().id();
    assertThatThrownBy(
            () -> RationaleChecks.firstProblem(List.of(broken), questions.get(0), "text"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(expected);
    TeacherSynthesizer checked =
        TeacherSynthesizer.builder(ScriptedTeacher.saying("yes")).checks(List.of(broken)).build();
    assertThatThrownBy(() -> SynthesisRun.with(checked).withConcurrency(1).run(questions))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(expected);
  }

  @Test
  void aReplyEndsARowOfFailures() {
    AtomicInteger asked = new AtomicInteger();
    SynthesisRun run =
        run(
            () -> {
              if (asked.getAndIncrement() % 3 != 2) {
                throw new TransientFailureException("down");
              }
              return "yes";
            });
    SynthesisSummary summary =
        run.withRetry(RetryPolicy.never()).withFailureLimit(3).run(questions).summary();
    assertThat(summary.droppedByReason()).containsExactly(Map.entry("teacher-failed", 20));
    assertThat(summary.kept()).isEqualTo(10);
  }

  @Test
  void aRowOfRefusedPromptsNamesTheLimitThatLetsARunPassThem() {
    SynthesisRun run =
        run(
            () -> {
              throw new InvalidInputException("not about this");
            });
    assertThatThrownBy(() -> run.run(questions)).hasMessageContaining("with withFailureLimit");
  }
}
