package ai.kale.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.InvalidInputException;
import ai.kale.error.OperationCancelledException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RateLimiterTest {
  private static final long SECOND = 1_000_000_000L;

  private final VirtualTimer timer = new VirtualTimer();

  private RateLimiter limiter(RateLimit limit) {
    return new RateLimiter(limit, timer, Duration.ofSeconds(60), Duration.ofMillis(1500));
  }

  private List<Long> admissions(RateLimiter limiter, int requests, long tokens) {
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < requests; i++) {
      onPermit(limiter.acquire(tokens), () -> times.add(timer.now()));
    }
    return times;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // what it does is looked at
  private static void onPermit(CompletableFuture<Permit> permit, Runnable action) {
    permit.thenRun(action);
  }

  @Test
  void withoutALimitEverythingGoesAtOnce() {
    List<Long> times = admissions(limiter(RateLimit.none()), 100, 1_000_000);
    assertThat(times).hasSize(100).containsOnly(0L);
  }

  @Test
  void requestsAreSpreadOverTheMinute() {
    List<Long> times = admissions(limiter(RateLimit.ofRequests(60)), 30, 0);
    timer.runUntil(29 * SECOND);
    assertThat(times).hasSize(30);
    for (int i = 0; i < times.size(); i++) {
      assertThat(times.get(i)).isEqualTo(i * SECOND);
    }
  }

  @Test
  void whatWasNotUsedIsCaughtUpForOneSecondOnly() {
    RateLimiter limiter = limiter(RateLimit.ofRequests(600));
    timer.runUntil(40 * SECOND);
    List<Long> times = admissions(limiter, 100, 0);
    assertThat(times.size()).isBetween(10, 12);
  }

  @Test
  void aRequestWithoutReplyCountsForTheMinuteAndTheGuard() {
    RateLimiter limiter = limiter(RateLimit.ofRequests(1));
    List<Long> times = admissions(limiter, 2, 0);
    timer.runUntil(100 * SECOND);
    assertThat(times).containsExactly(0L, 61_500_000_000L);
  }

  @Test
  void aQuickReplyEndsTheGuard() {
    RateLimiter limiter = limiter(RateLimit.ofRequests(1));
    Permit first = limiter.acquire(0).join();
    timer.runUntil(SECOND / 10);
    first.settle(0);
    List<Long> times = admissions(limiter, 1, 0);
    timer.runUntil(100 * SECOND);
    assertThat(times).containsExactly(60_100_000_000L);
  }

  @Test
  void aRequestSentLateCountsFromThen() {
    RateLimiter limiter = limiter(RateLimit.ofRequests(1));
    Permit first = limiter.acquire(0).join();
    timer.runUntil(30 * SECOND);
    first.sending();
    List<Long> times = admissions(limiter, 1, 0);
    timer.runUntil(200 * SECOND);
    assertThat(times).containsExactly(91_500_000_000L);
  }

  @Test
  void tokensNotUsedAreFreeAtOnce() {
    RateLimiter limiter = limiter(RateLimit.ofTokens(1000));
    Permit first = limiter.acquire(1000).join();
    List<Long> times = admissions(limiter, 1, 900);
    timer.runUntil(5 * SECOND);
    assertThat(times).isEmpty();
    first.settle(10);
    timer.runUntil(6 * SECOND);
    assertThat(times).containsExactly(5 * SECOND);
  }

  @Test
  void tokensBeyondTheReservationCountToo() {
    RateLimiter limiter = limiter(RateLimit.ofTokens(1000));
    Permit first = limiter.acquire(100).join();
    timer.runUntil(20 * SECOND);
    first.settle(800);
    List<Long> times = admissions(limiter, 1, 300);
    timer.runUntil(200 * SECOND);
    assertThat(times.get(0)).isGreaterThanOrEqualTo(61 * SECOND);
  }

  @Test
  void aCancelledPermitCountsNothing() {
    RateLimiter limiter = limiter(new RateLimit(1, 10));
    Permit first = limiter.acquire(10).join();
    List<Long> times = admissions(limiter, 1, 10);
    first.cancel();
    first.settle(10); // too late to count
    assertThat(times).containsExactly(0L);
  }

  @Test
  void aKeptPermitCountsAllItReserved() {
    RateLimiter limiter = limiter(RateLimit.ofTokens(1000));
    limiter.acquire(1000).join().keep();
    List<Long> times = admissions(limiter, 1, 1);
    timer.runUntil(100 * SECOND);
    assertThat(times).containsExactly(61_500_000_000L);
  }

  @Test
  void aPauseStopsEveryone() {
    RateLimiter limiter = limiter(RateLimit.none());
    limiter.pauseFor(Duration.ofSeconds(20));
    limiter.pauseFor(Duration.ofSeconds(3)); // does not shorten it
    limiter.pauseFor(Duration.ofSeconds(-1));
    List<Long> times = admissions(limiter, 3, 0);
    timer.runUntil(60 * SECOND);
    assertThat(times).containsExactly(20 * SECOND, 20 * SECOND, 20 * SECOND);
    limiter.pauseFor(Duration.ofSeconds(Long.MAX_VALUE));
    assertThat(admissions(limiter, 1, 0)).isEmpty();
  }

  @Test
  void firstComeFirstServedEvenIfALaterOneWouldFit() {
    RateLimiter limiter = limiter(RateLimit.ofTokens(1000));
    limiter.acquire(600).join();
    List<String> order = new ArrayList<>();
    CompletableFuture<Permit> large = limiter.acquire(900);
    onPermit(large, () -> order.add("large"));
    onPermit(limiter.acquire(1), () -> order.add("small"));
    timer.runUntil(300 * SECOND);
    assertThat(order).containsExactly("large", "small");
  }

  @Test
  void whoNoLongerWaitsHoldsNobodyUp() {
    RateLimiter limiter = limiter(RateLimit.ofTokens(1000));
    limiter.acquire(600).join();
    CompletableFuture<Permit> large = limiter.acquire(1000);
    large.cancel(true);
    List<Long> times = admissions(limiter, 1, 100);
    timer.runUntil(60 * SECOND);
    assertThat(times).containsExactly(36 * SECOND);
  }

  @Test
  void aRequestLargerThanAMinuteIsRefused() {
    assertThatThrownBy(() -> limiter(RateLimit.ofTokens(100)).acquire(101).join())
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("101 tokens")
        .hasMessageContaining("100");
    assertThatThrownBy(() -> limiter(RateLimit.none()).acquire(-1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void closingFailsWhatWaits() {
    RateLimiter limiter = limiter(RateLimit.ofRequests(1));
    limiter.acquire(0).join();
    CompletableFuture<Permit> waiting = limiter.acquire(0);
    limiter.close();
    assertThatThrownBy(waiting::join).cause().isInstanceOf(OperationCancelledException.class);
    assertThatThrownBy(() -> limiter.acquire(0).join())
        .cause()
        .isInstanceOf(OperationCancelledException.class);
  }

  @Test
  void theRealTimerWakesWhatWaits() throws ExecutionException, InterruptedException {
    try (RateLimiter limiter = new RateLimiter(RateLimit.ofRequests(6000))) {
      List<CompletableFuture<Permit>> permits = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        permits.add(limiter.acquire(10));
      }
      for (CompletableFuture<Permit> permit : permits) {
        permit.orTimeout(60, TimeUnit.SECONDS).get().settle(5);
      }
    }
  }

  @Test
  void limitsAreChecked() {
    assertThatThrownBy(() -> new RateLimit(-1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RateLimit.ofTokens(0)).isInstanceOf(IllegalArgumentException.class);
    assertThat(RateLimit.none().limitsRequests()).isFalse();
    assertThat(RateLimit.ofTokens(5).limitsTokens()).isTrue();
  }
}
