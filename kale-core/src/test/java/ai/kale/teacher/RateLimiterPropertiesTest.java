package ai.kale.teacher;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** A service with random latencies is fed as fast as the limiter lets it, in virtual time. */
class RateLimiterPropertiesTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long WINDOW = 60 * SECOND;
  private static final long GUARD = 3 * SECOND / 2;
  private static final int MINUTES = 6;

  /** A request as the service saw it. */
  private record Seen(long at, long tokens) {}

  /** Everything that is sent in six minutes, with always five waiting. */
  private static final class Feed {
    private final VirtualTimer timer = new VirtualTimer();
    private final RateLimiter limiter;
    private final Random random;
    private final long largestLatency;
    private final long largestRequest;
    private final double leastUse;
    private final List<CompletableFuture<Void>> asked = new ArrayList<>();
    private final List<Seen> sent = new ArrayList<>();
    private final List<Seen> seen = new ArrayList<>();

    Feed(RateLimit limit, long seed, long largestLatency, long largestRequest, double leastUse) {
      this.limiter =
          new RateLimiter(limit, timer, Duration.ofNanos(WINDOW), Duration.ofNanos(GUARD));
      this.random = new Random(seed);
      this.largestLatency = largestLatency;
      this.largestRequest = largestRequest;
      this.leastUse = leastUse;
    }

    Feed run() {
      for (int i = 0; i < 5; i++) {
        ask();
      }
      timer.runUntil(MINUTES * WINDOW);
      assertThat(asked).noneMatch(CompletableFuture::isCompletedExceptionally);
      return this;
    }

    private void ask() {
      long reserved = largestRequest == 0 ? 0 : 1 + (long) (random.nextDouble() * largestRequest);
      long used = (long) (reserved * (leastUse + (1 - leastUse) * random.nextDouble()));
      asked.add(
          limiter
              .acquire(reserved)
              .thenAccept(
                  permit -> {
                    long latency = (long) (random.nextDouble() * largestLatency);
                    long delivery = (long) (random.nextDouble() * Math.min(latency, GUARD));
                    sent.add(new Seen(timer.now(), used));
                    seen.add(new Seen(timer.now() + delivery, used));
                    timer.after(latency, () -> permit.settle(used));
                    timer.after(0, this::ask);
                  }));
    }
  }

  @Property(tries = 60, seed = "20261122")
  void noMinuteHoldsMoreRequestsThanAllowed(
      @ForAll @IntRange(min = 1, max = 1500) int limit,
      @ForAll @IntRange(max = 20_000) int latencyMillis,
      @ForAll long seed) {
    Feed feed = new Feed(RateLimit.ofRequests(limit), seed, latencyMillis * 1_000_000L, 0, 1).run();
    assertThat(most(feed.sent, false)).isLessThanOrEqualTo(limit);
    assertThat(most(feed.seen, false)).isLessThanOrEqualTo(limit);
    assertThat((double) feed.sent.size() / MINUTES).isGreaterThanOrEqualTo(0.95 * limit);
  }

  @Property(tries = 60, seed = "20261122")
  void noMinuteHoldsMoreTokensThanAllowed(
      @ForAll @IntRange(min = 1_000, max = 10_000_000) int limit,
      @ForAll @DoubleRange(min = 0.01, max = 1) double largestShare,
      @ForAll @DoubleRange(max = 1) double leastUse,
      @ForAll @IntRange(max = 20_000) int latencyMillis,
      @ForAll long seed) {
    long largest = Math.max(1, (long) (limit * largestShare) - 1);
    Feed feed =
        new Feed(RateLimit.ofTokens(limit), seed, latencyMillis * 1_000_000L, largest, leastUse)
            .run();
    assertThat(most(feed.sent, true)).isLessThanOrEqualTo(limit);
    assertThat(most(feed.seen, true)).isLessThanOrEqualTo(limit);
    assertThat(feed.sent).isNotEmpty();
  }

  /** Small requests that cost what they reserve: what is allowed is used. */
  @Property(tries = 40, seed = "20261122")
  void tokensKnownBeforeReachTheLimit(
      @ForAll @IntRange(min = 10_000, max = 1_000_000) int limit,
      @ForAll @IntRange(max = 20_000) int latencyMillis,
      @ForAll long seed) {
    Feed feed =
        new Feed(RateLimit.ofTokens(limit), seed, latencyMillis * 1_000_000L, limit / 100, 1).run();
    assertThat(rate(feed)).isGreaterThanOrEqualTo(0.95 * limit);
  }

  /** Replies of half a second that use 20 to 100 % of what they reserved. */
  @Property(tries = 40, seed = "20261122")
  void tokensGuessedTooHighReachItWhereRepliesAreQuick(
      @ForAll @IntRange(min = 10_000, max = 1_000_000) int limit, @ForAll long seed) {
    Feed feed = new Feed(RateLimit.ofTokens(limit), seed, SECOND / 2, limit / 200, 0.2).run();
    assertThat(most(feed.seen, true)).isLessThanOrEqualTo(limit);
    assertThat(rate(feed)).isGreaterThanOrEqualTo(0.95 * limit);
  }

  @Property(tries = 40, seed = "20261122")
  void bothLimitsHoldTogether(
      @ForAll @IntRange(min = 5, max = 600) int requests,
      @ForAll @IntRange(min = 1_000, max = 100_000) int tokens,
      @ForAll long seed) {
    Feed feed = new Feed(new RateLimit(requests, tokens), seed, 5 * SECOND, tokens / 30, 0.3).run();
    assertThat(most(feed.seen, false)).isLessThanOrEqualTo(requests);
    assertThat(most(feed.seen, true)).isLessThanOrEqualTo(tokens);
  }

  @Property(tries = 20, seed = "20261122")
  void noSecondHoldsMuchMoreThanItsShare(
      @ForAll @IntRange(min = 600, max = 3000) int limit, @ForAll long seed) {
    Feed feed = new Feed(RateLimit.ofRequests(limit), seed, SECOND, 0, 1).run();
    assertThat(mostIn(feed.sent, SECOND, false)).isLessThanOrEqualTo(2 * (limit / 60) + 2);
  }

  private static double rate(Feed feed) {
    return (double) feed.sent.stream().mapToLong(Seen::tokens).sum() / MINUTES;
  }

  private static long most(List<Seen> times, boolean tokens) {
    return mostIn(times, WINDOW, tokens);
  }

  private static long mostIn(List<Seen> times, long window, boolean tokens) {
    List<Seen> sorted = new ArrayList<>(times);
    sorted.sort(Comparator.comparingLong(Seen::at));
    long most = 0;
    long sum = 0;
    int first = 0;
    for (Seen last : sorted) {
      sum += tokens ? last.tokens() : 1;
      while (sorted.get(first).at() <= last.at() - window) {
        sum -= tokens ? sorted.get(first).tokens() : 1;
        first++;
      }
      most = Math.max(most, sum);
    }
    return most;
  }
}
