package ai.kale.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.BudgetReachedException;
import ai.kale.error.OperationCancelledException;
import ai.kale.error.TransientFailureException;
import ai.kale.spi.TeacherCapability;
import ai.kale.spi.TeacherModel;
import ai.kale.spi.TeacherModel.Prompt;
import ai.kale.spi.TeacherModel.Reply;
import ai.kale.testing.ScriptedTeacher;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManagedTeacherFailuresTest {
  private static final long SECOND = 1_000_000_000L;
  private static final RetryPolicy AT_ONCE =
      RetryPolicy.standard().withDelays(Duration.ZERO, 1, Duration.ZERO);

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private final VirtualTimer timer = new VirtualTimer();
  private final List<ManagedTeacher> open = new ArrayList<>();

  private ManagedTeacher managed(ManagedTeacherBuilder builder) {
    ManagedTeacher teacher = builder.build();
    open.add(teacher);
    return teacher;
  }

  @AfterEach
  void close() {
    open.forEach(ManagedTeacher::close);
  }

  private static Prompt prompt(String user) {
    return new Prompt("s", user, 50, 0);
  }

  /** Gives the futures of a script, and remembers when it was asked. */
  private final class Futures implements TeacherModel {
    final Queue<Long> asked = new ConcurrentLinkedQueue<>();
    private final Function<Prompt, CompletableFuture<Reply>> script;

    Futures(Function<Prompt, CompletableFuture<Reply>> script) {
      this.script = script;
    }

    @Override
    public String id() {
      return "futures";
    }

    @Override
    public Reply reply(Prompt prompt) {
      return replyAsync(prompt, Runnable::run).join();
    }

    @Override
    public CompletableFuture<Reply> replyAsync(Prompt prompt, Executor executor) {
      asked.add(timer.now());
      return script.apply(prompt);
    }

    @Override
    public Set<TeacherCapability> capabilities() {
      return Set.of(TeacherCapability.NON_BLOCKING, TeacherCapability.TOKEN_COUNTS);
    }
  }

  private static CompletableFuture<Reply> yes() {
    return CompletableFuture.completedFuture(new Reply("yes", 5, 1));
  }

  private static CompletableFuture<Reply> told(Duration wait) {
    return CompletableFuture.failedFuture(
        TransientFailureException.refusal("busy", Optional.of(wait)));
  }

  private static CompletableFuture<Reply> ask(ManagedTeacher teacher, String user) {
    return teacher.replyAsync(prompt(user), Runnable::run).orTimeout(20, TimeUnit.SECONDS);
  }

  @Test
  void anErrorOfATeacherEndsItsRequestAndWhatItHeld() {
    ScriptedTeacher blocking =
        new ScriptedTeacher(
            prompt -> {
              throw new StackOverflowError("in reply");
            });
    Futures throwing =
        new Futures(
            prompt -> {
              throw new NoClassDefFoundError("in replyAsync");
            });
    Futures failing =
        new Futures(prompt -> CompletableFuture.failedFuture(new AssertionError("in a future")));
    for (TeacherModel model : List.of(blocking, throwing, failing)) {
      ManagedTeacher teacher =
          managed(ManagedTeacher.builder(model).budget(Budget.ofAttempts(2)).threads(1));
      for (String user : List.of("a", "b")) {
        assertThatThrownBy(() -> ask(teacher, user).get())
            .cause()
            .isInstanceOf(Error.class)
            .hasMessageStartingWith("in ");
      }
      assertThatThrownBy(() -> ask(teacher, "c").get())
          .hasCauseInstanceOf(BudgetReachedException.class);
      assertThat(teacher.usage().unknownCost()).isEqualTo(2);
    }
  }

  @Test
  void anErrorOfTheJournalOrTheEstimatorEndsTheRequest() {
    Futures healthy = new Futures(prompt -> yes());
    try (ReplyJournal journal =
        ReplyJournal.open(
            folder.resolve("j"),
            lines -> {
              throw new OutOfMemoryError("in the journal");
            })) {
      ManagedTeacher teacher = managed(ManagedTeacher.builder(healthy).journal(journal));
      assertThatThrownBy(() -> ask(teacher, "a").get()).hasCauseInstanceOf(OutOfMemoryError.class);
      teacher.close();
    }
    ManagedTeacher unmeasured =
        managed(
            ManagedTeacher.builder(healthy)
                .estimator(
                    TokenEstimator.of(
                        text -> {
                          throw new LinkageError("in the tokenizer");
                        })));
    assertThatThrownBy(() -> ask(unmeasured, "a").get()).hasCauseInstanceOf(LinkageError.class);
  }

  @Test
  void aFutureThatTimesOutIsRetriedAndANullReplyIsNot() throws Exception {
    Queue<CompletableFuture<Reply>> replies =
        new ConcurrentLinkedQueue<>(
            List.of(CompletableFuture.failedFuture(new TimeoutException()), yes()));
    ManagedTeacher teacher =
        managed(ManagedTeacher.builder(new Futures(prompt -> replies.remove())).retry(AT_ONCE));
    assertThat(ask(teacher, "a").get().text()).isEqualTo("yes");
    assertThat(teacher.usage().retries()).containsEntry("lost", 1L);
    Futures silent =
        new Futures(prompt -> new CompletableFuture<Reply>().completeAsync(() -> null));
    assertThatThrownBy(() -> ask(managed(ManagedTeacher.builder(silent)), "a").get())
        .hasCauseInstanceOf(IllegalStateException.class);
    assertThat(silent.asked).hasSize(1);
  }

  @Test
  void aReplyWithoutATextFailsItsRequestAndLeavesTheJournalReadable() {
    @SuppressWarnings("NullAway") // what a careless teacher does
    Futures careless =
        new Futures(prompt -> CompletableFuture.completedFuture(new Reply(null, 5, 1)));
    Path file = folder.resolve("j");
    try (ReplyJournal journal = ReplyJournal.open(file)) {
      ManagedTeacher teacher = managed(ManagedTeacher.builder(careless).journal(journal));
      assertThatThrownBy(() -> ask(teacher, "a").get())
          .cause()
          .hasMessageContaining("a reply has a text");
      teacher.close();
    }
    try (ReplyJournal journal = ReplyJournal.open(file)) {
      assertThat(journal.size()).isZero();
    }
    assertThatThrownBy(() -> new Reply("yes", -1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got -1 and 1");
  }

  @Test
  void aWaitLongerThanTheDeadlineFailsAtOnceWhateverWaits() throws Exception {
    Duration day = Duration.ofHours(24);
    CompletableFuture<Reply> first = new CompletableFuture<>();
    Queue<CompletableFuture<Reply>> replies = new ConcurrentLinkedQueue<>(List.of(first, yes()));
    Futures tired = new Futures(prompt -> replies.remove());
    ManagedTeacher teacher =
        managed(ManagedTeacher.builder(tired).timer(timer).rateLimit(RateLimit.ofRequests(1)));
    CompletableFuture<Reply> sent = ask(teacher, "a");
    while (tired.asked.isEmpty()) {
      Thread.sleep(1);
    }
    CompletableFuture<Reply> waiting = ask(teacher, "b");
    first.completeExceptionally(TransientFailureException.refusal("busy", Optional.of(day)));
    for (CompletableFuture<Reply> reply : List.of(sent, waiting, ask(teacher, "c"))) {
      assertThatThrownBy(reply::get)
          .cause()
          .isInstanceOf(TransientFailureException.class)
          .hasMessageContaining("the service asks to wait 24.0 h, which passes the deadline of");
    }
    assertThat(teacher.longPause()).isPresent();
    assertThat(tired.asked).hasSize(1);
    timer.runUntil(day.toNanos() + SECOND);
    assertThat(teacher.longPause()).isEmpty();
    assertThat(ask(teacher, "d").get().text()).isEqualTo("yes");
  }

  @Test
  void aRetryAfterPausesAllRequests() throws Exception {
    Queue<CompletableFuture<Reply>> replies =
        new ConcurrentLinkedQueue<>(List.of(told(Duration.ofSeconds(20)), yes(), yes()));
    Futures busy = new Futures(prompt -> replies.remove());
    ManagedTeacher teacher = managed(ManagedTeacher.builder(busy).timer(timer).retry(AT_ONCE));
    CompletableFuture<Reply> first = ask(teacher, "a");
    while (teacher.usage().retries().isEmpty()) {
      Thread.sleep(1);
    }
    CompletableFuture<Reply> second = ask(teacher, "b");
    while (!first.isDone() || !second.isDone()) {
      timer.runUntil(timer.now() + SECOND / 10);
      Thread.sleep(1);
    }
    assertThat(List.of(first.get().text(), second.get().text())).containsOnly("yes");
    assertThat(busy.asked).hasSize(3);
    assertThat(busy.asked.stream().skip(1)).allMatch(time -> time >= 20 * SECOND);
  }

  @Test
  void aRetryThatWaitedPastTheDeadlineIsNotSent() throws Exception {
    Queue<CompletableFuture<Reply>> replies =
        new ConcurrentLinkedQueue<>(List.of(told(Duration.ZERO), yes()));
    Futures busy = new Futures(prompt -> replies.remove());
    ManagedTeacher teacher =
        managed(
            ManagedTeacher.builder(busy)
                .timer(timer)
                .rateLimit(RateLimit.ofRequests(1))
                .budget(Budget.ofAttempts(2))
                .retry(AT_ONCE.withDeadline(Duration.ofSeconds(30))));
    CompletableFuture<Reply> late = ask(teacher, "a");
    while (!late.isDone()) {
      timer.runUntil(timer.now() + SECOND);
      Thread.sleep(1);
    }
    assertThatThrownBy(late::get)
        .cause()
        .isInstanceOf(TransientFailureException.class)
        .hasMessageContaining("gave up after 1 attempt in 6")
        .hasMessageContaining("the deadline of 30.0 s passed while the next attempt waited");
    assertThat(busy.asked).hasSize(1);
    assertThat(ask(teacher, "b").get().text()).isEqualTo("yes");
  }

  @Test
  void whatRepliesDoNotCountAndWhatWasLostCountsInLaterRunsToo() throws Exception {
    // Each prompt can take at most 1 + 1 + 64 tokens, each reply 50.
    Path file = folder.resolve("j");
    Queue<CompletableFuture<Reply>> replies =
        new ConcurrentLinkedQueue<>(
            List.of(
                CompletableFuture.completedFuture(new Reply("uncounted", 0, 0)),
                CompletableFuture.completedFuture(new Reply("half", 0, 4)),
                CompletableFuture.completedFuture(new Reply("half", 6, 0)),
                CompletableFuture.completedFuture(new Reply("", 6, 0)),
                CompletableFuture.failedFuture(new TransientFailureException("lost"))));
    Futures sloppy = new Futures(prompt -> replies.remove());
    long spent = (66 + 50) + (66 + 4) + (6 + 50) + 6 + (66 + 50);
    for (int run = 0; run < 2; run++) {
      try (ReplyJournal journal = ReplyJournal.open(file);
          ManagedTeacher teacher =
              ManagedTeacher.builder(sloppy)
                  .journal(journal)
                  .retry(RetryPolicy.never())
                  .budget(Budget.ofTokens(spent + 115))
                  .build()) {
        for (String user : List.of("a", "b", "c", "d")) {
          ask(teacher, user).get();
        }
        if (run == 0) {
          assertThatThrownBy(() -> ask(teacher, "e").get())
              .hasCauseInstanceOf(TransientFailureException.class);
        }
        assertThatThrownBy(() -> ask(teacher, "e").get())
            .as("run %s, charged %s", run, journal.charged())
            .cause()
            .isInstanceOf(BudgetReachedException.class)
            .hasMessageContaining("spent are " + spent + " tokens in 5 attempts");
      }
    }
    assertThat(sloppy.asked).hasSize(5);
  }

  @Test
  void aReservationThatDoesNotFitWaitsForThoseOutAndOneGivenBackIsNoAttempt() {
    BudgetLedger ledger =
        new BudgetLedger(
            Budget.ofTokens(100).withAttempts(2),
            Optional.empty(),
            new ReplyJournal.Total(0, 0, 0));
    BudgetLedger.Reservation first = ledger.reserve(60, 0).join();
    CompletableFuture<BudgetLedger.Reservation> second = ledger.reserve(60, 0);
    assertThat(second).isNotDone();
    ledger.release(first);
    ledger.settle(second.join(), 10, 0);
    assertThat(ledger.reserve(60, 0)).isCompleted();
    assertThat(ledger.reserve(1, 0)).isNotDone();
  }

  @Test
  void anInterruptEndsTheWaitAndALonelyRequestButNoneUnderWay() throws Exception {
    CompletableFuture<Reply> first = new CompletableFuture<>();
    Queue<CompletableFuture<Reply>> replies = new ConcurrentLinkedQueue<>(List.of(first, yes()));
    Futures slow = new Futures(prompt -> replies.remove());
    try (ReplyJournal journal = ReplyJournal.open(folder.resolve("j"))) {
      ManagedTeacher teacher =
          managed(
              ManagedTeacher.builder(slow)
                  .timer(timer)
                  .journal(journal)
                  .rateLimit(RateLimit.ofRequests(1)));
      interruptedWhileItWaits(teacher, "sent", () -> slow.asked.size() == 1);
      CompletableFuture<Reply> shared = ask(teacher, "shared");
      interruptedWhileItWaits(teacher, "shared", () -> true);
      interruptedWhileItWaits(teacher, "lonely", () -> true);
      assertThat(shared).isNotDone();
      first.complete(new Reply("late", 5, 1));
      while (!teacher.isJournalled(prompt("sent")) || !shared.isDone()) {
        timer.runUntil(timer.now() + SECOND);
        Thread.sleep(1);
      }
      assertThat(shared.get().text()).isEqualTo("yes");
      timer.runUntil(timer.now() + 100 * SECOND);
      teacher.close();
      assertThat(slow.asked).hasSize(2);
      assertThat(journal.size()).isEqualTo(2);
    }
  }

  private static void interruptedWhileItWaits(
      ManagedTeacher teacher, String user, BooleanSupplier when) throws InterruptedException {
    CompletableFuture<Boolean> ended = new CompletableFuture<>();
    Thread asking =
        new Thread(
            () -> {
              try {
                teacher.reply(prompt(user));
                ended.complete(false);
              } catch (OperationCancelledException e) {
                ended.complete(Thread.currentThread().isInterrupted());
              }
            });
    asking.start();
    while (!when.getAsBoolean()) {
      Thread.sleep(1);
    }
    asking.interrupt();
    asking.join();
    assertThat(ended).isCompletedWithValue(true);
  }

  @Test
  void theSecondLookAtTheJournalFindsWhatEndedMeanwhile() throws Exception {
    Futures quick = new Futures(prompt -> yes());
    try (ReplyJournal journal = ReplyJournal.open(folder.resolve("j"), lines -> {})) {
      ManagedTeacher teacher = managed(ManagedTeacher.builder(quick).journal(journal));
      for (int i = 0; i < 2000; i++) {
        String user = "p" + i;
        CompletableFuture<Reply> first = ask(teacher, user);
        while (!first.isDone()) {
          assertThat(ask(teacher, user).get().text()).isEqualTo("yes");
        }
      }
      teacher.close();
    }
    assertThat(quick.asked).hasSize(2000);
  }
}
