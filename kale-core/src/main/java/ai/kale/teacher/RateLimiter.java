package ai.kale.teacher;

import ai.kale.error.InvalidInputException;
import ai.kale.error.OperationCancelledException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests through as fast as a {@link RateLimit} allows and no faster. Safe for use by
 * several threads; no thread ever waits in it. First come, first served.
 *
 * <p><b>Never exceeded.</b> Let W be the 60 seconds of the limit. A request counts from its
 * admission until W after the earlier of two moments: its reply came, or the guard of 1.5 s has
 * passed since it was sent. The service saw the request no later than its reply and, unless it was
 * under way for longer than the guard, no later than the guard; so each request counts here until W
 * after the service saw it, or longer. Take any W seconds at the service, and of the requests it
 * saw in them the one admitted last. It was admitted no later than it was seen, that is within
 * these seconds; all others of them were admitted before and had not expired, so it was counted
 * together with them, and was admitted because they were no more than allowed. The same holds for
 * tokens, as long as nobody writes more tokens than were reserved: what a reply did cost beyond
 * that counts for W from when it is known, and holds back what follows.
 *
 * <p><b>Reached.</b> Since a request counts for at most W and the guard, 60 / 61.5 = 97.5 % of the
 * allowed requests go out at least, if there are enough to send, and nearly all where replies come
 * fast. With tokens, what replies under way have reserved and will not use is missing from that:
 * reserve as closely as you can.
 *
 * <p><b>Even.</b> Services also enforce limits over a second or less, so the allowed minute is not
 * spent in one burst: requests are W / limit apart, and what could not be sent in time is caught up
 * for one second's worth at most. Tokens are spaced in the same way, by what recent replies cost in
 * comparison with what they reserved.
 *
 * <p>Cost: O(log n) for each admission with n requests counting, about 100 bytes for each of them.
 */
public final class RateLimiter implements AutoCloseable {
  static final Duration WINDOW = Duration.ofSeconds(60);
  static final Duration GUARD = Duration.ofMillis(1500);
  private static final Duration LONGEST_PAUSE = Duration.ofDays(366);

  private record Waiting(long tokens, CompletableFuture<Permit> future) {}

  private final RateLimit limit;
  private final Timer timer;
  private final long window;
  private final long guard;
  private final Deque<Waiting> queue = new ArrayDeque<>();
  private final SlidingLog log;
  private final Pace requestPace;
  private final Pace tokenPace;
  private final ReservationUse use = new ReservationUse();
  private long pausedUntil;
  private long wakeAt;
  private @Nullable Runnable cancelWake;
  private boolean closed;

  /**
   * @param limit what is allowed; with {@link RateLimit#none} all is admitted at once, but {@link
   *     #pauseFor} still holds
   */
  public RateLimiter(RateLimit limit) {
    this(limit, new SystemTimer("kale-rate-limiter"), WINDOW, GUARD);
  }

  /** With a window other than a minute, for tests. */
  RateLimiter(RateLimit limit, Timer timer, Duration window, Duration guard) {
    this.limit = limit;
    this.timer = timer;
    this.window = window.toNanos();
    this.guard = guard.toNanos();
    this.log = new SlidingLog(limit);
    this.requestPace = new Pace(limit.requestsPerMinute(), this.window);
    this.tokenPace = new Pace(limit.tokensPerMinute(), this.window);
  }

  /** What is allowed. */
  public RateLimit limit() {
    return limit;
  }

  /**
   * Asks to send one request. Cancelling the future takes the request out of the queue.
   *
   * @param tokens tokens that the request reads and writes at most, as far as known; not negative
   * @return completes with the permit when the request may be sent, on this thread or on that of
   *     the limiter, so what follows must be short; fails with {@link InvalidInputException} if the
   *     request is larger than a whole minute allows, and with {@link OperationCancelledException}
   *     if the limiter is closed
   */
  public CompletableFuture<Permit> acquire(long tokens) {
    if (tokens < 0) {
      throw new IllegalArgumentException("tokens must not be negative; got " + tokens);
    }
    if (limit.limitsTokens() && tokens > limit.tokensPerMinute()) {
      return CompletableFuture.failedFuture(
          new InvalidInputException(
              "the request reserves "
                  + tokens
                  + " tokens for prompt and reply, more than the "
                  + limit.tokensPerMinute()
                  + " that the rate limit allows in a minute; shorten the prompt, lower the token"
                  + " limit of the reply, or raise the rate limit"));
    }
    Waiting waiting = new Waiting(tokens, new CompletableFuture<>());
    synchronized (this) {
      if (closed) {
        return CompletableFuture.failedFuture(closedFailure());
      }
      queue.add(waiting);
    }
    admit();
    return waiting.future();
  }

  /**
   * Admits nothing for a while: what a service's Retry-After asks for. Never shortens a longer
   * pause.
   *
   * @param time from now on; zero and less do nothing
   */
  public synchronized void pauseFor(Duration time) {
    if (time.isNegative()) {
      return;
    }
    Duration capped = time.compareTo(LONGEST_PAUSE) < 0 ? time : LONGEST_PAUSE;
    pausedUntil = Math.max(pausedUntil, timer.now() + capped.toNanos());
  }

  /** Fails everything that waits. Permits given out may still be settled. */
  @Override
  public void close() {
    List<Waiting> left;
    synchronized (this) {
      closed = true;
      left = new ArrayList<>(queue);
      queue.clear();
    }
    timer.close();
    left.forEach(waiting -> waiting.future().completeExceptionally(closedFailure()));
  }

  private void admit() {
    while (true) {
      Waiting waiting;
      Permit permit;
      synchronized (this) {
        while (!queue.isEmpty() && queue.getFirst().future().isDone()) {
          queue.removeFirst(); // cancelled by who asked
        }
        if (queue.isEmpty() || !headIsDue()) {
          return;
        }
        waiting = queue.removeFirst();
        permit = grant(waiting.tokens());
      }
      if (!waiting.future().complete(permit)) {
        permit.cancel();
      }
    }
  }

  private boolean headIsDue() {
    long now = timer.now();
    log.purge(now);
    long tokens = queue.getFirst().tokens();
    long due = Math.max(pausedUntil, Math.max(requestPace.readyAt(), tokenPace.readyAt()));
    due = Math.max(due, log.readyAt(tokens, now));
    if (due <= now) {
      return true;
    }
    if (cancelWake == null || wakeAt > due) {
      if (cancelWake != null) {
        cancelWake.run();
      }
      wakeAt = due;
      cancelWake = timer.after(due - now, this::wake);
    }
    return false;
  }

  private void wake() {
    synchronized (this) {
      cancelWake = null;
    }
    admit();
  }

  private Permit grant(long tokens) {
    long now = timer.now();
    double paced = tokens * use.share();
    requestPace.take(1, now);
    tokenPace.take(paced, now);
    return new Permit(this, log.add(1, tokens, now + guard + window), paced, now);
  }

  /** A reply came: it costs what it costs, and the service has seen it by now. */
  void settled(SlidingLog.Entry entry, double paced, long sent, long actual) {
    synchronized (this) {
      long now = timer.now();
      long reserved = entry.tokens();
      use.add(reserved, actual);
      tokenPace.give(paced - actual);
      log.change(entry, Math.min(reserved, actual), Math.min(now, sent + guard) + window);
      if (actual > reserved && limit.limitsTokens()) {
        log.add(0, actual - reserved, now + window);
      }
    }
    admit();
  }

  /** It is sent only now. */
  synchronized long sending(SlidingLog.Entry entry) {
    long now = timer.now();
    log.extend(entry, now + guard + window);
    return now;
  }

  /** Nothing was sent. */
  void cancelled(SlidingLog.Entry entry, double paced) {
    synchronized (this) {
      log.remove(entry);
      requestPace.give(1);
      tokenPace.give(paced);
    }
    admit();
  }

  private static OperationCancelledException closedFailure() {
    return new OperationCancelledException("the rate limiter was closed before the request went");
  }
}
