package ai.kale.teacher;

import ai.kale.error.InvalidInputException;
import ai.kale.error.SetupException;
import ai.kale.error.TransientFailureException;
import ai.kale.error.UnsupportedCapabilityException;
import ai.kale.spi.TeacherModel.Prompt;
import ai.kale.spi.TeacherModel.Reply;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request from its first attempt to its reply. Waiting, for budget, rate limit or the next
 * attempt, it can be failed from outside; once sent it ends by itself.
 */
final class TeacherRequest {
  private final String key;
  private final Prompt prompt;
  private final RequestTools tools;
  private final Consumer<TeacherRequest> ended;
  private final CompletableFuture<Reply> result = new CompletableFuture<>();
  private final long draw;
  // One step follows another, each seeing what the one before wrote.
  private int failures;
  private long firstSent;
  // Guarded by this.
  private boolean sent;
  private boolean abandoned;

  TeacherRequest(String key, Prompt prompt, RequestTools tools, Consumer<TeacherRequest> ended) {
    this.key = key;
    this.prompt = prompt;
    this.tools = tools;
    this.ended = ended;
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
    RuntimeException stopped = tools.stopped();
    if (stopped != null) {
      fail(stopped);
      return;
    }
    long promptAtMost = tools.calibration().promptAtMost(prompt);
    then(tools.ledger().reserve(promptAtMost, prompt.maxTokens()), this::reserved);
  }

  private void reserved(
      BudgetLedger.@Nullable Reservation reservation, @Nullable Throwable failed) {
    if (reservation == null) {
      fail(ManagedTeacher.Failures.of(failed));
      return;
    }
    long tokens = tools.calibration().promptHardlyMore(prompt) + prompt.maxTokens();
    then(
        tools.limiter().acquire(tokens),
        (permit, failure) -> {
          if (permit == null) {
            tools.ledger().release(reservation);
            fail(ManagedTeacher.Failures.of(failure));
          } else {
            send(reservation, permit);
          }
        });
  }

  private void send(BudgetLedger.Reservation reservation, Permit permit) {
    RuntimeException stopped = tools.stopped();
    boolean open;
    synchronized (this) {
      open = stopped == null && !abandoned;
      sent = open;
    }
    if (!open) {
      permit.cancel();
      tools.ledger().release(reservation);
      if (stopped != null) {
        fail(stopped);
      }
      return;
    }
    if (failures == 0) {
      firstSent = System.nanoTime();
    }
    tools.meter().sent(failures == 0);
    then(
        attempt(permit),
        (reply, failure) -> {
          if (reply == null) {
            failed(reservation, permit, ManagedTeacher.Failures.of(failure));
          } else {
            replied(reservation, permit, reply);
          }
        });
  }

  /** A teacher that throws instead of failing its future is no worse. */
  private CompletableFuture<Reply> attempt(Permit permit) {
    try {
      return tools.attempt(prompt, permit::sending);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void replied(BudgetLedger.Reservation reservation, Permit permit, Reply reply) {
    long tokens = reply.promptTokens() + reply.completionTokens();
    if (tokens > 0) {
      permit.settle(tokens);
      tools.ledger().settle(reservation, reply.promptTokens(), reply.completionTokens());
    } else {
      permit.keep();
      tools.ledger().keep(reservation);
    }
    tools.calibration().learn(prompt, reply);
    tools.keep(key, reply);
    complete(reply);
  }

  private void failed(
      BudgetLedger.Reservation reservation, Permit permit, RuntimeException failure) {
    synchronized (this) {
      sent = false;
    }
    permit.keep();
    Optional<Duration> asked =
        failure instanceof TransientFailureException passing
            ? passing.retryAfter()
            : Optional.empty();
    asked.ifPresent(tools.limiter()::pauseFor);
    if (isRefusal(failure)) {
      tools.ledger().refused(reservation);
    } else {
      tools.meter().unknownCost();
      tools.ledger().keep(reservation);
    }
    failures++;
    Duration elapsed = Duration.ofNanos(System.nanoTime() - firstSent);
    Optional<Duration> delay = tools.retry().delayAfter(failures, failure, elapsed, draw);
    RuntimeException stopped = tools.stopped();
    if (delay.isEmpty()) {
      fail(tools.retry().gaveUp(failures, failure, elapsed, draw));
    } else if (stopped != null) {
      fail(stopped);
    } else {
      tools.meter().retried(why(failure, asked), delay.get());
      tools.later(delay.get(), this::begin);
    }
  }

  /** The service took a look and did nothing. */
  private static boolean isRefusal(RuntimeException failure) {
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

  void complete(Reply reply) {
    ended.accept(this);
    result.complete(reply);
  }

  private void fail(RuntimeException failure) {
    ended.accept(this);
    result.completeExceptionally(failure);
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
              } catch (RuntimeException e) {
                fail(e);
              }
            },
            tools.workers());
  }
}
