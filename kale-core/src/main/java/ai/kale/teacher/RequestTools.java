package ai.kale.teacher;

import ai.kale.spi.TeacherCapability;
import ai.kale.spi.TeacherModel;
import ai.kale.spi.TeacherModel.Prompt;
import ai.kale.spi.TeacherModel.Reply;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What the requests of one {@link ManagedTeacher} share. */
final class RequestTools implements AutoCloseable {
  private static final int WORKERS = 4;

  private final TeacherModel teacher;
  private final String teacherId;
  private final boolean blocking;
  private final Optional<ReplyJournal> journal;
  private final RateLimiter limiter;
  private final RetryPolicy retry;
  private final BudgetLedger ledger;
  private final Calibration calibration;
  private final UsageMeter meter;
  // Checks and journalling run on the workers, never behind calls that wait for a service.
  private final ExecutorService workers;
  private final ExecutorService callers;
  private final AtomicReference<@Nullable RuntimeException> stopped = new AtomicReference<>();

  RequestTools(ManagedTeacherBuilder settings) {
    teacher = settings.teacher();
    teacherId = teacher.id();
    blocking = !teacher.capabilities().contains(TeacherCapability.NON_BLOCKING);
    journal = settings.journal();
    limiter = new RateLimiter(settings.rateLimit());
    retry = settings.retry();
    calibration = new Calibration(settings.estimator());
    meter = new UsageMeter(settings.prices());
    ledger =
        new BudgetLedger(
            settings.budget(),
            settings.prices(),
            journal.map(open -> open.total(teacherId)).orElse(new ReplyJournal.Total(0, 0, 0)));
    workers = Executors.newFixedThreadPool(WORKERS, task -> daemon(task, "kale-teacher"));
    callers =
        Executors.newFixedThreadPool(settings.threads(), task -> daemon(task, "kale-teacher-call"));
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  RateLimiter limiter() {
    return limiter;
  }

  RetryPolicy retry() {
    return retry;
  }

  BudgetLedger ledger() {
    return ledger;
  }

  Calibration calibration() {
    return calibration;
  }

  UsageMeter meter() {
    return meter;
  }

  ExecutorService workers() {
    return workers;
  }

  void later(Duration delay, Runnable task) {
    CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS, workers).execute(task);
  }

  /** One attempt; {@code sending} runs right before it. */
  CompletableFuture<Reply> attempt(Prompt prompt, Runnable sending) {
    if (blocking) {
      return CompletableFuture.supplyAsync(
          () -> {
            sending.run();
            return teacher.reply(prompt);
          },
          callers);
    }
    sending.run();
    return teacher.replyAsync(prompt, callers);
  }

  /** Makes a reply durable, if there is a journal. */
  void keep(String key, Reply reply) {
    journal.ifPresent(open -> open.put(key, teacherId, reply));
    meter.paid(key, reply);
  }

  void stop(RuntimeException reason) {
    stopped.compareAndSet(null, reason);
  }

  /** Why nothing is sent any more, or null. */
  @Nullable RuntimeException stopped() {
    return stopped.get();
  }

  @Override
  public void close() {
    limiter.close();
    workers.shutdownNow();
    callers.shutdownNow();
  }
}
