package ai.kale.teacher;

import ai.kale.error.InvalidInputException;
import ai.kale.error.SetupException;
import ai.kale.error.TransientFailureException;
import ai.kale.error.UnsupportedCapabilityException;
import ai.kale.spi.TeacherModel.Prompt;
import ai.kale.spi.TeacherModel.Reply;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One request from its first attempt to its reply. Waiting, for budget, rate limit or the next
 * attempt, it can be failed from outside; once sent it ends by itself.
 */
final class TeacherRequest {
  /** The teacher whose request it is. */
  interface Owner {
    /** It has its reply or failure, which nobody has seen yet. */
    void ended(TeacherRequest request);

    /** The service wants to be left alone for so long that waiting makes no sense. */
    void failWaiting(RuntimeException reason);
  }

  private final String key;
  private final Prompt prompt;
  private final RequestTools tools;
  private final Owner owner;
  private final CompletableFuture<Reply> result = new CompletableFuture<>();
  private final long draw;
  // One step follows another, each seeing what the one before wrote.
  private int failures;
  private @Nullable RuntimeException lastFailure;
  private long firstSent;
  // What the attempt at hand has set aside; null once it is accounted for.
  private BudgetLedger.@Nullable Reservation reservation;
  private @Nullable Permit permit;
  // Guarded by this.
  private boolean sent;
  private boolean abandoned;
  private int waiting = 1;

  TeacherRequest(String key, Prompt prompt, RequestTools tools, Owner owner) {
    this.key = key;
    this.prompt = prompt;
    this.tools = tools;
    this.owner = owner;
    this.draw = Long.parseUnsignedLong(key, 0, 16, 16);
  }

  String key() {
    return key;
  }

  CompletableFuture<Reply> result() {
    return result;
  }

  /** Asks for room in the budget, then for the rate limit, then sends. */
  void begin() {
    try {
      RuntimeException stopped = tools.stopped();
      if (stopped != null) {
        fail(stopped);
        return;
      }
      long promptAtMost = tools.calibration().promptAtMost(prompt);
      then(tools.ledger().reserve(promptAtMost, prompt.maxTokens()), this::reserved);
    } catch (Throwable e) {
      broken(e);
    }
  }

  private void reserved(BudgetLedger.@Nullable Reservation setAside, @Nullable Throwable failure) {
    if (setAside == null) {
      fail(ManagedTeacher.Failures.cause(failure));
      return;
    }
    reservation = setAside;
    long tokens = tools.calibration().promptHardlyMore(prompt) + prompt.maxTokens();
    then(tools.limiter().acquire(tokens), this::permitted);
  }

  private void permitted(@Nullable Permit leave, @Nullable Throwable failure) {
    if (leave == null) {
      giveBack();
      fail(ManagedTeacher.Failures.cause(failure));
    } else {
      permit = leave;
      send(leave);
    }
  }

  private void send(Permit leave) {
    RuntimeException reason = whyNot();
    boolean open;
    synchronized (this) {
      open = reason == null && !abandoned;
      sent = open;
    }
    if (!open) {
      giveBack();
      if (reason != null) {
        fail(reason);
      }
      return;
    }
    if (failures == 0) {
      firstSent = tools.now();
    }
    tools.meter().sent(failures == 0);
    then(
        attempt(leave),
        (reply, failure) -> {
          if (reply != null) {
            replied(reply);
          } else {
            failed(ManagedTeacher.Failures.cause(failure));
          }
        });
  }

  /** Why it is not sent now that it could be, or null. */
  private @Nullable RuntimeException whyNot() {
    RuntimeException stopped = tools.stopped();
    RuntimeException last = lastFailure;
    return stopped == null && last != null && elapsed().compareTo(tools.retry().deadline()) >= 0
        ? tools.retry().tooLate(failures, last, elapsed())
        : stopped;
  }

  private Duration elapsed() {
    return Duration.ofNanos(tools.now() - firstSent);
  }

  /** A teacher that throws instead of failing its future is no worse. */
  private CompletableFuture<Reply> attempt(Permit leave) {
    try {
      return tools.attempt(prompt, leave::sending);
    } catch (Throwable e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void replied(Reply given) {
    Reply reply = Charge.counted(given);
    BudgetLedger.Reservation setAside = setAside();
    Charge charge = Charge.of(reply, setAside);
    if (charge.isCounted(reply)) {
      leave().settle(charge.promptTokens() + charge.completionTokens());
    } else {
      leave().keep();
    }
    permit = null;
    tools.ledger().settle(setAside, charge.promptTokens(), charge.completionTokens());
    reservation = null;
    tools.calibration().learn(prompt, reply);
    tools.keep(key, reply, charge);
    complete(reply);
  }

  private void failed(Throwable thrown) {
    synchronized (this) {
      sent = false;
    }
    leave().keep();
    permit = null;
    if (isRefusal(thrown)) {
      tools.ledger().refused(setAside());
      reservation = null;
    } else {
      lost();
    }
    if (!(thrown instanceof Error)) {
      again(ManagedTeacher.Failures.of(thrown));
    } else {
      fail(thrown);
    }
  }

  /** Nobody knows what the attempt cost. */
  private void lost() {
    BudgetLedger.Reservation setAside = setAside();
    tools.meter().unknownCost();
    tools.ledger().keep(setAside);
    reservation = null;
    tools.charge(new Charge(setAside.promptTokens(), setAside.completionTokens()));
  }

  /** Another attempt, or the end. */
  private void again(RuntimeException failure) {
    failures++;
    lastFailure = failure;
    Duration elapsed = elapsed();
    Optional<Duration> asked =
        failure instanceof TransientFailureException passing
            ? passing.retryAfter()
            : Optional.empty();
    Optional<Duration> delay = tools.retry().delayAfter(failures, failure, elapsed, draw);
    boolean tooLong = asked.isPresent() && asked.get().compareTo(tools.retry().deadline()) >= 0;
    if (asked.isPresent() && !tooLong) {
      tools.pauseFor(asked.get());
    }
    RuntimeException stopped = tools.stopped();
    if (delay.isEmpty()) {
      RuntimeException gaveUp = tools.retry().gaveUp(failures, failure, elapsed, draw);
      if (tooLong && gaveUp instanceof TransientFailureException wait) {
        tools.leaveAlone(wait, asked.get());
        owner.failWaiting(wait);
      }
      fail(gaveUp);
    } else if (stopped != null) {
      fail(stopped);
    } else {
      tools.meter().retried(why(failure, asked), delay.get());
      tools.later(delay.get(), this::begin);
    }
  }

  /** The service took a look and did nothing. */
  private static boolean isRefusal(Throwable failure) {
    return (failure instanceof TransientFailureException passing && passing.isRefusal())
        || failure instanceof InvalidInputException
        || failure instanceof SetupException
        || failure instanceof UnsupportedCapabilityException;
  }

  private static String why(RuntimeException failure, Optional<Duration> asked) {
    if (asked.isPresent()) {
      return "told-to-wait";
    }
    return isRefusal(failure) ? "refused" : "lost";
  }

  private BudgetLedger.Reservation setAside() {
    return Objects.requireNonNull(reservation, "an attempt has tokens set aside");
  }

  private Permit leave() {
    return Objects.requireNonNull(permit, "an attempt has a permit");
  }

  /** Nothing was sent. */
  private void giveBack() {
    if (permit != null) {
      permit.cancel();
      permit = null;
    }
    if (reservation != null) {
      tools.ledger().release(reservation);
      reservation = null;
    }
  }

  void complete(Reply reply) {
    owner.ended(this);
    result.complete(reply);
  }

  private void fail(Throwable failure) {
    owner.ended(this);
    result.completeExceptionally(failure);
  }

  /** A step threw what it should not: what it held is accounted for, and the request ends. */
  private void broken(Throwable thrown) {
    boolean out;
    synchronized (this) {
      out = sent;
      sent = false;
    }
    try {
      if (out && permit != null) {
        permit.keep();
        permit = null;
      }
      if (out && reservation != null) {
        lost();
      }
      giveBack();
    } catch (RuntimeException e) {
      thrown.addSuppressed(e);
    } finally {
      fail(thrown);
    }
  }

  /** One more waits for it; false if all who did have left. */
  synchronized boolean join() {
    if (waiting == 0) {
      return false;
    }
    waiting++;
    return true;
  }

  /** One waits for it no more; the last one fails it unless it was sent. */
  void leave(RuntimeException reason) {
    synchronized (this) {
      if (waiting > 1 || sent) {
        waiting = Math.max(1, waiting - 1);
        return;
      }
      waiting = 0;
      abandoned = true;
    }
    fail(reason);
  }

  /** Fails it unless it was sent. */
  void failIfWaiting(RuntimeException reason) {
    synchronized (this) {
      if (sent) {
        return;
      }
      abandoned = true;
    }
    fail(reason);
  }

  /** The next step, on a worker. Whatever it throws ends the request: nobody waits for ever. */
  private <T> void then(
      CompletableFuture<T> stage, BiConsumer<@Nullable T, @Nullable Throwable> step) {
    CompletableFuture<T> unused =
        stage.whenCompleteAsync(
            (value, thrown) -> {
              try {
                step.accept(value, thrown);
              } catch (Throwable e) {
                broken(e);
              }
            },
            tools.workers());
  }
}
