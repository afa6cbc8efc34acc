package ai.kale.rationale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.data.GroundedQuestion;
import ai.kale.data.Synthesis;
import ai.kale.error.BudgetReachedException;
import ai.kale.error.InvalidInputException;
import ai.kale.error.OperationCancelledException;
import ai.kale.error.SetupException;
import ai.kale.error.TransientFailureException;
import ai.kale.spi.TeacherCapability;
import ai.kale.spi.TeacherModel;
import ai.kale.tck.Samples;
import ai.kale.teacher.Budget;
import ai.kale.teacher.CostEstimate;
import ai.kale.teacher.ManagedTeacher;
import ai.kale.teacher.Prices;
import ai.kale.teacher.ReplyJournal;
import ai.kale.teacher.RetryPolicy;
import ai.kale.testing.ScriptedTeacher;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SynthesisRunFailuresTest {
  private static final Prices PRICES = Prices.perMillion("1", "10", "USD");

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private final List<GroundedQuestion> questions =
      IntStream.range(0, 30).mapToObj(Samples::numbered).toList();

  /** Says what the question's fact says, counts tokens, and has a script for what goes wrong. */
  private static final class Honest implements TeacherModel {
    final ScriptedTeacher scripted;

    Honest(Function<String, Reply> wrong) {
      scripted = new ScriptedTeacher(prompt -> "unused");
      this.wrong = wrong;
    }

    private final Function<String, Reply> wrong;

    @Override
    public String id() {
      return "honest";
    }

    @Override
    public Reply reply(Prompt prompt) {
      scripted.asked.add(prompt);
      String answer = prompt.user().replaceAll("(?s).*<answer>\"(M[0-9]+)\".*", "$1");
      Reply reply = wrong.apply(answer);
      return reply.text().equals("honest")
          ? new Reply("Next to it there is " + answer + ".", 100, 10)
          : reply;
    }

    @Override
    public Set<TeacherCapability> capabilities() {
      return Set.of(TeacherCapability.TOKEN_COUNTS);
    }
  }

  private static final TeacherModel.Reply HONEST = new TeacherModel.Reply("honest", 0, 0);

  private SynthesisRun run(TeacherModel teacher) {
    return SynthesisRun.with(TeacherSynthesizer.builder(teacher).maxTokens(20).build())
        .withJournal(folder.resolve("j"))
        .withConcurrency(3)
        .withRetry(RetryPolicy.never());
  }

  @Test
  void failuresOfSingleQuestionsAreDroppedCountedAndAskedAgain() {
    Honest flaky =
        new Honest(
            answer -> {
              if (answer.equals("M3")) {
                throw new InvalidInputException("the prompt is refused");
              } else if (answer.equals("M7")) {
                throw new TransientFailureException("down");
              }
              return HONEST;
            });
    SynthesisRun.Result result = run(flaky).run(questions);
    assertThat(result.summary().droppedByReason())
        .containsExactly(Map.entry("teacher-failed", 1), Map.entry("teacher-refused", 1));
    assertThat(result.summary().kept()).isEqualTo(28);
    assertThat(result.outcomes().get(3).problems())
        .containsExactly("teacher-refused: the prompt is refused");
    Honest healthy = new Honest(answer -> HONEST);
    SynthesisSummary again = run(healthy).run(questions).summary();
    assertThat(healthy.scripted.asked).hasSize(2);
    assertThat(again.kept()).isEqualTo(30);
    assertThat(again.resumed()).isEqualTo(28);
    assertThat(again.promptTokens()).isEqualTo(3000);
    assertThat(again.usage().promptTokens()).isEqualTo(200);
  }

  @Test
  void aWrongSetUpStopsTheRunAtOnce() {
    Honest wrong =
        new Honest(
            answer -> {
              throw new SetupException("no such model");
            });
    assertThatThrownBy(() -> run(wrong).run(questions))
        .isInstanceOf(SetupException.class)
        .hasMessage("no such model");
    assertThat(wrong.scripted.asked).hasSizeLessThanOrEqualTo(3);
  }

  @Test
  void refusedPromptsInARowStopTheRunAsInvalid() {
    Honest wrong =
        new Honest(
            answer -> {
              throw new InvalidInputException("a field is unknown");
            });
    assertThatThrownBy(() -> run(wrong).withFailureLimit(5).run(questions))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("5 questions in a row got no reply")
        .hasMessageContaining("a field is unknown");
  }

  @Test
  void aRunWithoutAnyReplyFailsAsPassing() {
    Honest down =
        new Honest(
            answer -> {
              throw new TransientFailureException("down");
            });
    assertThatThrownBy(() -> run(down).run(questions.subList(0, 2)))
        .isInstanceOf(TransientFailureException.class)
        .hasMessageContaining("{teacher-failed=2}");
  }

  @Test
  void theFirstReplyIsNotLostWhereTheRetryFails() {
    AtomicInteger calls = new AtomicInteger();
    Honest failing =
        new Honest(
            answer -> {
              if (calls.getAndIncrement() == 1) {
                throw new TransientFailureException("down");
              }
              return new TeacherModel.Reply("no idea at all", 100, 10);
            });
    List<GroundedQuestion> one = questions.subList(0, 1);
    assertThatThrownBy(() -> run(failing).run(one)).isInstanceOf(TransientFailureException.class);
    Honest healthy = new Honest(answer -> HONEST);
    SynthesisSummary summary = run(healthy).run(one).summary();
    assertThat(summary.retried()).isEqualTo(1);
    assertThat(summary.resumed()).isZero();
    assertThat(healthy.scripted.asked).singleElement().asString().contains("no idea at all");
  }

  @Test
  void otherChecksAndAnotherFallbackCostNothing() {
    run(new Honest(answer -> HONEST)).run(questions);
    Honest unasked = new Honest(answer -> HONEST);
    TeacherSynthesizer stricter =
        TeacherSynthesizer.builder(unasked)
            .maxTokens(20)
            .checks(List.of(new LengthCheck(1, 9000)))
            .noFallback()
            .build();
    SynthesisSummary summary =
        SynthesisRun.with(stricter).withJournal(folder.resolve("j")).run(questions).summary();
    assertThat(summary.kept()).isEqualTo(30);
    assertThat(summary.resumed()).isEqualTo(30);
    assertThat(unasked.scripted.asked).isEmpty();
  }

  @Test
  void aBudgetStopsCleanlyAndWhatIsThereCanBeTaken() {
    Honest teacher = new Honest(answer -> HONEST);
    SynthesisRun run = run(teacher).withPrices(PRICES).withBudget(Budget.ofMoney("0.0036"));
    assertThatThrownBy(() -> run.run(questions))
        .isInstanceOf(BudgetReachedException.class)
        .hasMessageContaining("the budget (0.0036 USD) is reached: spent are ")
        .hasMessageContaining("raise the budget and run again")
        .hasMessageContaining(" of 30 different questions are done; withJournalOnly takes them");
    int asked = teacher.scripted.asked.size();
    assertThat(asked).isBetween(1, 17);
    SynthesisSummary taken =
        run(teacher).withJournalOnly(folder.resolve("j")).run(questions).summary();
    assertThat(taken.kept()).isEqualTo(asked);
    assertThat(taken.resumed()).isEqualTo(asked);
    assertThat(taken.droppedByReason()).containsExactly(Map.entry("not-asked", 30 - asked));
    assertThat(taken.usage().attempts()).isZero();
    assertThat(taken.promptTokens()).isEqualTo(100L * asked);

    SynthesisSummary rest = run.withBudget(Budget.ofMoney("0.1")).run(questions).summary();
    assertThat(rest.kept()).isEqualTo(30);
    assertThat(teacher.scripted.asked).hasSize(30);
    assertThat(rest.usage().cost().orElseThrow())
        .isEqualTo(PRICES.cost(100L * (30 - asked), 10L * (30 - asked)));
  }

  @Test
  void estimatesWhatIsStillToBeAskedAndMakesNoJournal() {
    Honest teacher = new Honest(answer -> HONEST);
    Path journal = folder.resolve("j");
    CostEstimate before = run(teacher).withPrices(PRICES).estimate(questions);
    assertThat(journal).doesNotExist();
    assertThat(before.requests()).isEqualTo(30);
    assertThat(before.questions()).isEqualTo(30);
    run(teacher).run(questions.subList(0, 20));
    CostEstimate after = run(teacher).withPrices(PRICES).estimate(questions);
    assertThat(after.requests()).isEqualTo(10);
    assertThat(after.journalled()).isEqualTo(20);
    assertThat(after.expectedRetries()).isZero();
    assertThat(after.promptTokens()).isBetween(1000L, 1100L);
    assertThat(after.completionTokens()).isBetween(100L, 110L);
    assertThat(after.costAtMost().orElseThrow().amount())
        .isGreaterThan(after.cost().orElseThrow().amount());
    assertThat(teacher.scripted.asked).hasSize(20);
    assertThat(SynthesisRun.with(new TemplateSynthesizer()).estimate(questions).requests())
        .isZero();
  }

  @Test
  void repliesThatAreCutWithheldOrBlankFailAndAreRetried() {
    Map<String, TeacherModel.Reply> wrong =
        new ConcurrentHashMap<>(
            Map.of(
                "M1", reply("Next to it there is M1, and then", TeacherModel.Ending.CUT),
                "M2", reply("", TeacherModel.Ending.REFUSED),
                "M3", reply(" \n", TeacherModel.Ending.COMPLETE),
                "M4", reply("Next to Paris.", TeacherModel.Ending.COMPLETE)));
    Honest teacher =
        new Honest(
            answer -> {
              TeacherModel.Reply once = wrong.remove(answer);
              return once == null ? HONEST : once;
            });
    SynthesisSummary summary = run(teacher).run(questions).summary();
    assertThat(summary.retried()).isEqualTo(4);
    assertThat(summary.firstTextsFailing())
        .containsExactly(
            Map.entry("cut-short", 1),
            Map.entry("empty", 1),
            Map.entry("misses-answer", 1),
            Map.entry("refused", 1),
            Map.entry("unknown-name", 1));
    assertThat(summary.secondTextsFailing()).isEmpty();
    assertThat(teacher.scripted.asked)
        .anyMatch(
            prompt ->
                prompt.user().contains("misses-answer:") && prompt.user().contains("unknown-name:"))
        .anyMatch(prompt -> prompt.user().contains("cut-short: the limit of 20 tokens"));
  }

  private static TeacherModel.Reply reply(String text, TeacherModel.Ending ending) {
    return new TeacherModel.Reply(text, 100, 10, ending);
  }

  @Test
  void secondTextsAreCountedToo() {
    Honest never = new Honest(answer -> new TeacherModel.Reply("no idea at all", 100, 10));
    SynthesisSummary summary = run(never).run(questions).summary();
    assertThat(summary.fellBack()).isEqualTo(30);
    assertThat(summary.firstTextsFailing()).containsExactly(Map.entry("misses-answer", 30));
    assertThat(summary.secondTextsFailing()).containsExactly(Map.entry("misses-answer", 30));
    assertThat(summary.usage().requests()).isEqualTo(60);
  }

  @Test
  void everyQuestionIsInTheSummaryWithoutAFallback() {
    Honest never = new Honest(answer -> new TeacherModel.Reply("no idea at all", 100, 10));
    TeacherSynthesizer strict = TeacherSynthesizer.builder(never).noFallback().build();
    assertThatThrownBy(() -> SynthesisRun.with(strict).run(questions))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("{misses-answer=30}");
  }

  @Test
  void aTeacherThatIsManagedAlreadyKeepsItsSettings() {
    Honest honest = new Honest(answer -> HONEST);
    try (ReplyJournal journal = ReplyJournal.open(folder.resolve("own"));
        ManagedTeacher managed = ManagedTeacher.builder(honest).journal(journal).build()) {
      TeacherSynthesizer synthesizer = TeacherSynthesizer.builder(managed).build();
      SynthesisSummary summary = SynthesisRun.with(synthesizer).run(questions).summary();
      assertThat(summary.kept()).isEqualTo(30);
      assertThat(journal.size()).isEqualTo(30);
      assertThat(SynthesisRun.with(synthesizer).run(questions).summary().resumed()).isEqualTo(30);
      SynthesisRun twice = SynthesisRun.with(synthesizer).withJournal(folder.resolve("j"));
      assertThatThrownBy(() -> twice.run(questions))
          .isInstanceOf(SetupException.class)
          .hasMessageContaining("managed already");
    }
  }

  @Test
  void aRunThatIsInterruptedJournalsWhatIsUnderWay() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(3);
    CountDownLatch answer = new CountDownLatch(1);
    Honest slow =
        new Honest(
            any -> {
              asked.countDown();
              try {
                answer.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return HONEST;
            });
    List<Object> ended = new CopyOnWriteArrayList<>();
    Thread running =
        new Thread(
            () -> {
              try {
                run(slow).run(questions);
              } catch (OperationCancelledException e) {
                ended.add(Thread.currentThread().isInterrupted());
              }
            });
    running.start();
    asked.await();
    running.interrupt();
    answer.countDown();
    running.join();
    assertThat(ended).containsExactly(true);
    try (ReplyJournal journal = ReplyJournal.open(folder.resolve("j"))) {
      assertThat(journal.size()).isBetween(3, 6);
    }
  }

  @Test
  void outcomesAreTheSameAlone() {
    Honest teacher = new Honest(answer -> HONEST);
    TeacherSynthesizer synthesizer = TeacherSynthesizer.builder(teacher).maxTokens(20).build();
    List<Synthesis> alone = questions.stream().map(synthesizer::synthesize).toList();
    assertThat(run(teacher).run(questions).outcomes()).isEqualTo(alone);
  }
}
