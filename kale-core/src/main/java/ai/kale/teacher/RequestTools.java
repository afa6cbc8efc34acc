package ai.kale.teacher;

import ai.kale.error.TransientFailureException;
import ai.kale.spi.TeacherCapability;
import ai.kale.spi.TeacherModel;
import ai.kale.spi.TeacherModel.Prompt;
import ai.kale.spi.TeacherModel.Reply;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the requests of one {@link ManagedTeacher} share. */
final class RequestTools implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ManagedTeacher.class);
  private static final int WORKERS = 4;
  private static final Duration WORTH_TELLING = Duration.ofSeconds(30);

  private final TeacherModel teacher;
  private final String teacherId;
  private final boolean blocking;
  private final Optional<ReplyJournal> journal;
  private final Timer timer;
  private final RateLimiter limiter;
  private final RetryPolicy retry;
  private final BudgetLedger ledger;
  private final Calibration calibration;
  private final UsageMeter meter;
  // Checks and journalling run on the workers, never behind calls that wait for a service.
  private final ExecutorService workers;
  private final ExecutorService callers;
  private final AtomicReference<@Nullable RuntimeException> stopped = new AtomicReference<>();
  private final AtomicReference<@Nullable LongPause> longPause = new AtomicReference<>();
  private final AtomicLong toldUntil = new AtomicLong(Long.MIN_VALUE);

  private record LongPause(TransientFailureException why, long until) {}

  RequestTools(ManagedTeacherBuilder settings) {
    teacher = settings.teacher();
    teacherId = teacher.id();
    blocking = !teacher.capabilities().contains(TeacherCapability.NON_BLOCKING);
    journal = settings.journal();
    timer = settings.timer();
    limiter = new RateLimiter(settings.rateLimit(), timer, RateLimiter.WINDOW, RateLimiter.GUARD);
    retry = settings.retry();
    calibration = new Calibration(settings.estimator());
    meter = new UsageMeter(settings.prices());
    ledger =
        new BudgetLedger(
            settings.budget(),
            settings.prices(),
            journal.map(ReplyJournal::charged).orElse(new ReplyJournal.Total(0, 0, 0)));
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
    timer.after(delay.toNanos(), () -> workers.execute(task));
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
  void keep(String key, Reply reply, Charge charge) {
    journal.ifPresent(open -> open.put(key, teacherId, reply, charge));
    meter.paid(key, reply);
  }

  /** Remembers what an attempt without a reply counts with, if there is a journal. */
  void charge(Charge charge) {
    journal.ifPresent(open -> open.putLost(teacherId, charge));
  }

  void stop(RuntimeException reason) {
    stopped.compareAndSet(null, reason);
  }

  /** Why nothing is sent any more, or for now, or null. */
  @Nullable RuntimeException stopped() {
    RuntimeException reason = stopped.get();
    return reason != null ? reason : longPause().orElse(null);
  }

  /** Sends nothing for a while, and fails what is asked for at once. */
  void leaveAlone(TransientFailureException why, Duration time) {
    long until = timer.now() + nanos(time);
    longPause.accumulateAndGet(
        new LongPause(why, until),
        (old, one) -> old == null || (one != null && old.until() < one.until()) ? one : old);
  }

  Optional<TransientFailureException> longPause() {
    LongPause pause = longPause.get();
    return pause == null || pause.until() <= timer.now()
        ? Optional.empty()
        : Optional.of(pause.why());
  }

  /** Sends nothing for a while; what is asked for waits. */
  void pauseFor(Duration time) {
    limiter.pauseFor(time);
    long until = timer.now() + nanos(time);
    long told = toldUntil.get();
    if (time.compareTo(WORTH_TELLING) >= 0
        && (told == Long.MIN_VALUE || until - told >= WORTH_TELLING.toNanos())
        && toldUntil.compareAndSet(told, until)) {
      LOG.warn("{}: the service asks to wait; no request is sent for {}", teacherId, time);
    }
  }

  private static long nanos(Duration time) {
    return time.toDays() < 366 ? time.toNanos() : Duration.ofDays(366).toNanos();
  }

  /** Nanoseconds, never going back. */
  long now() {
    return timer.now();
  }

  @Override
  public void close() {
    limiter.close();
    workers.shutdownNow();
    callers.shutdownNow();
  }
}
