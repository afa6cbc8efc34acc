package ai.kale.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.BudgetReachedException;
import ai.kale.error.InvalidInputException;
import ai.kale.error.OperationCancelledException;
import ai.kale.error.SetupException;
import ai.kale.error.TransientFailureException;
import ai.kale.error.UnsupportedCapabilityException;
import ai.kale.spi.TeacherCapability;
import ai.kale.spi.TeacherModel;
import ai.kale.spi.TeacherModel.Prompt;
import ai.kale.spi.TeacherModel.Reply;
import ai.kale.tck.TeacherModelContract;
import ai.kale.testing.ScriptedTeacher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManagedTeacherTest {
  private static final RetryPolicy AT_ONCE =
      RetryPolicy.standard().withAttempts(3).withDelays(Duration.ZERO, 1, Duration.ZERO);

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

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

  /** Completes its replies when told, and counts tokens. */
  private static final class OnCommand implements TeacherModel {
    final Queue<CompletableFuture<Reply>> waiting = new ConcurrentLinkedQueue<>();

    @Override
    public String id() {
      return "on-command";
    }

    @Override
    public Reply reply(Prompt prompt) {
      return replyAsync(prompt, Runnable::run).join();
    }

    @Override
    public CompletableFuture<Reply> replyAsync(Prompt prompt, Executor executor) {
      CompletableFuture<Reply> reply = new CompletableFuture<>();
      waiting.add(reply);
      return reply;
    }

    @Override
    public Set<TeacherCapability> capabilities() {
      return Set.of(TeacherCapability.NON_BLOCKING, TeacherCapability.TOKEN_COUNTS);
    }

    void await(int requests) throws InterruptedException {
      while (waiting.size() < requests) {
        Thread.sleep(1);
      }
    }
  }

  @Test
  void aReplyIsInTheJournalBeforeItIsSeenAndFreeAfterwards() {
    Path file = folder.resolve("j");
    ScriptedTeacher scripted = ScriptedTeacher.saying("yes");
    try (ReplyJournal journal = ReplyJournal.open(file)) {
      ManagedTeacher teacher = managed(ManagedTeacher.builder(scripted).journal(journal));
      CompletableFuture<Integer> sizeWhenSeen =
          teacher.replyAsync(prompt("a"), Runnable::run).thenApply(reply -> journal.size());
      assertThat(sizeWhenSeen.join()).isEqualTo(1);
      assertThat(teacher.isJournalled(prompt("a"))).isTrue();
      assertThat(teacher.reply(prompt("a")).text()).isEqualTo("yes");
      assertThat(teacher.usage().journalled()).isZero();
      teacher.close();
    }
    try (ReplyJournal journal = ReplyJournal.open(file);
        ManagedTeacher again = ManagedTeacher.builder(scripted).journal(journal).build()) {
      assertThat(again.reply(prompt("a"))).isEqualTo(again.reply(prompt("a")));
      assertThat(again.usage())
          .returns(0L, TeacherUsage::attempts)
          .returns(1L, TeacherUsage::journalled)
          .returns(100L, TeacherUsage::journalledPromptTokens)
          .returns(10L, TeacherUsage::journalledCompletionTokens);
    }
    assertThat(scripted.asked).hasSize(1);
  }

  @Test
  void equalPromptsUnderWayAreOneRequest() throws InterruptedException {
    OnCommand slow = new OnCommand();
    ManagedTeacher teacher = managed(ManagedTeacher.builder(slow));
    CompletableFuture<Reply> first = teacher.replyAsync(prompt("a"), Runnable::run);
    CompletableFuture<Reply> second = teacher.replyAsync(prompt("a"), Runnable::run);
    first.cancel(true);
    slow.await(1);
    slow.waiting.remove().complete(new Reply("yes", 5, 1));
    assertThat(second.join().text()).isEqualTo("yes");
    assertThat(teacher.usage().requests()).isEqualTo(1);
  }

  @Test
  void hundredsOfRequestsHoldNoThreadsWhileTheyWait() throws InterruptedException {
    OnCommand slow = new OnCommand();
    ManagedTeacher teacher = managed(ManagedTeacher.builder(slow));
    List<CompletableFuture<Reply>> replies = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      replies.add(teacher.replyAsync(prompt("p" + i), Runnable::run));
    }
    slow.await(300);
    slow.waiting.forEach(reply -> reply.complete(new Reply("yes", 5, 1)));
    assertThat(replies).allMatch(reply -> reply.join().text().equals("yes"));
  }

  @Test
  void whatMayPassIsRetriedAndCounted() {
    Queue<RuntimeException> failures =
        new ConcurrentLinkedQueue<>(
            List.of(
                new TransientFailureException("slow down", Duration.ofMillis(1)),
                new UncheckedIOException(new IOException("reset"))));
    ScriptedTeacher flaky =
        new ScriptedTeacher(
            prompt -> {
              RuntimeException failure = failures.poll();
              if (failure != null) {
                throw failure;
              }
              return "yes";
            });
    ManagedTeacher teacher = managed(ManagedTeacher.builder(flaky).retry(AT_ONCE));
    assertThat(teacher.reply(prompt("a")).text()).isEqualTo("yes");
    assertThat(teacher.usage())
        .returns(1L, TeacherUsage::requests)
        .returns(3L, TeacherUsage::attempts)
        .returns(1L, TeacherUsage::unknownCost)
        .returns(Map.of("lost", 1L, "told-to-wait", 1L), usage -> Map.copyOf(usage.retries()));
  }

  @Test
  void givesUpAndSaysHowOftenItTried() {
    ScriptedTeacher down =
        new ScriptedTeacher(
            prompt -> {
              throw new TransientFailureException("down");
            });
    ManagedTeacher teacher = managed(ManagedTeacher.builder(down).retry(AT_ONCE));
    assertThatThrownBy(() -> teacher.reply(prompt("a")))
        .isInstanceOf(TransientFailureException.class)
        .hasMessageContaining("gave up after 3 attempts");
    assertThat(down.asked).hasSize(3);
  }

  @Test
  void whatCannotPassIsNotRetried() {
    for (RuntimeException failure :
        List.of(
            new InvalidInputException("refused"),
            new SetupException("wrong key"),
            new IllegalStateException("a mistake"))) {
      ScriptedTeacher refusing =
          new ScriptedTeacher(
              prompt -> {
                throw failure;
              });
      ManagedTeacher teacher = managed(ManagedTeacher.builder(refusing).retry(AT_ONCE));
      assertThatThrownBy(() -> teacher.reply(prompt("a"))).isSameAs(failure);
      assertThat(refusing.asked).hasSize(1);
    }
  }

  @Test
  void stoppingFailsWhatWaitsAndLetsEndWhatIsUnderWay() throws InterruptedException {
    OnCommand slow = new OnCommand();
    try (ReplyJournal journal = ReplyJournal.open(folder.resolve("j"))) {
      ManagedTeacher teacher =
          managed(ManagedTeacher.builder(slow).journal(journal).rateLimit(RateLimit.ofRequests(1)));
      CompletableFuture<Reply> sent = teacher.replyAsync(prompt("a"), Runnable::run);
      slow.await(1);
      CompletableFuture<Reply> waiting = teacher.replyAsync(prompt("b"), Runnable::run);
      teacher.stop(new OperationCancelledException("enough"));
      assertThatThrownBy(waiting::join).hasMessageContaining("enough");
      assertThatThrownBy(() -> teacher.reply(prompt("c"))).hasMessageContaining("enough");
      assertThat(sent).isNotDone();
      slow.waiting.remove().complete(new Reply("yes", 5, 1));
      assertThat(sent.join().text()).isEqualTo("yes");
      assertThat(journal.size()).isEqualTo(1);
      teacher.close();
    }
  }

  @Test
  void closingWaitsForWhatIsPaidFor() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    ScriptedTeacher slow =
        new ScriptedTeacher(
            prompt -> {
              asked.countDown();
              try {
                answer.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return "yes";
            });
    try (ReplyJournal journal = ReplyJournal.open(folder.resolve("j"))) {
      ManagedTeacher teacher = ManagedTeacher.builder(slow).journal(journal).build();
      CompletableFuture<Reply> reply = teacher.replyAsync(prompt("a"), Runnable::run);
      asked.await();
      Thread closing = new Thread(teacher::close);
      closing.start();
      answer.countDown();
      closing.join();
      assertThat(reply.join().text()).isEqualTo("yes");
      assertThat(journal.size()).isEqualTo(1);
      assertThatThrownBy(() -> teacher.reply(prompt("b")))
          .isInstanceOf(OperationCancelledException.class);
    }
  }

  @Test
  void aBudgetIsThatOfTheJournalOverAllRuns() throws IOException {
    ScriptedTeacher counting = ScriptedTeacher.saying("yes");
    Path file = folder.resolve("j");
    for (int run = 0; run < 3; run++) {
      try (ReplyJournal journal = ReplyJournal.open(file);
          ManagedTeacher teacher =
              ManagedTeacher.builder(counting)
                  .journal(journal)
                  .budget(Budget.ofAttempts(2))
                  .build()) {
        teacher.reply(prompt("a"));
        teacher.reply(prompt("b"));
        assertThatThrownBy(() -> teacher.reply(prompt("c")))
            .isInstanceOf(BudgetReachedException.class)
            .hasMessageContaining("the budget (2 attempts) is reached: spent are 220 tokens")
            .hasMessageContaining("raise the budget and run again, or take what is there");
      }
    }
    assertThat(counting.asked).hasSize(2);
    assertThat(Files.readAllLines(file)).hasSize(2);
  }

  @Test
  void aJournalThatCannotBeWrittenStopsWithASetupFailure() {
    ScriptedTeacher scripted = ScriptedTeacher.saying("yes");
    try (ReplyJournal journal =
            ReplyJournal.open(
                folder.resolve("j"),
                lines -> {
                  throw new IOException("the device is gone");
                });
        ManagedTeacher teacher = ManagedTeacher.builder(scripted).journal(journal).build()) {
      assertThatThrownBy(() -> teacher.reply(prompt("a")))
          .isInstanceOf(SetupException.class)
          .hasMessageContaining("the device is gone");
    }
  }

  @Test
  void whatCannotBeKeptIsRefusedBeforehand() {
    ScriptedTeacher uncounted = ScriptedTeacher.saying("yes");
    assertThatThrownBy(() -> ManagedTeacher.builder(uncounted).budget(Budget.ofTokens(10)).build())
        .isInstanceOf(UnsupportedCapabilityException.class)
        .hasMessageContaining("a budget in tokens or money needs a teacher with TOKEN_COUNTS");
    assertThatThrownBy(
            () -> ManagedTeacher.builder(uncounted).rateLimit(RateLimit.ofTokens(10)).build())
        .isInstanceOf(UnsupportedCapabilityException.class);
    assertThatThrownBy(
            () -> ManagedTeacher.builder(new OnCommand()).budget(Budget.ofMoney("1")).build())
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("set prices");
    ManagedTeacher inner = managed(ManagedTeacher.builder(uncounted));
    assertThatThrownBy(() -> ManagedTeacher.builder(inner).build())
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("managed already");
    assertThatThrownBy(
            () ->
                inner
                    .replyAsync(prompt("a"), Runnable::run)
                    .thenRun(
                        () -> {
                          throw new IllegalStateException("the caller's");
                        })
                    .join())
        .isInstanceOf(CompletionException.class);
    assertThat(inner.reply(prompt("a")).text()).isEqualTo("yes");
  }

  @Nested
  class Contract extends TeacherModelContract {
    @Override
    protected TeacherModel teacher() {
      return managed(ManagedTeacher.builder(ScriptedTeacher.saying("Warsaw")));
    }
  }
}
