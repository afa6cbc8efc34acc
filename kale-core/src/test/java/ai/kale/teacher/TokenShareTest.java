package ai.kale.teacher;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The formula of docs/teachers.md: what reservations leave of a token limit. */
class TokenShareTest {
  private static final long SECOND = 1_000_000_000L;
  private static final int LIMIT = 200_000;
  private static final int MINUTES = 10;

  private final List<CompletableFuture<Void>> asked = new ArrayList<>();
  private long used;

  private void ask(VirtualTimer timer, RateLimiter limiter, int reserved, int uses, long nanos) {
    asked.add(
        limiter
            .acquire(reserved)
            .thenAccept(
                permit -> {
                  if (timer.now() >= 2 * 60 * SECOND) {
                    used += uses;
                  }
                  timer.after(nanos, () -> permit.settle(uses));
                  timer.after(0, () -> ask(timer, limiter, reserved, uses, nanos));
                }));
  }

  @Property(tries = 40, seed = "20261122")
  void isReachedToWithinOneHundredth(
      @ForAll @IntRange(min = 200, max = 1500) int uses,
      @ForAll @IntRange(max = 1000) int spare,
      @ForAll @IntRange(min = 500, max = 20_000) int millis) {
    VirtualTimer timer = new VirtualTimer();
    RateLimiter limiter =
        new RateLimiter(
            RateLimit.ofTokens(LIMIT), timer, Duration.ofSeconds(60), Duration.ofMillis(1500));
    used = 0;
    asked.clear();
    ask(timer, limiter, uses + spare, uses, millis * 1_000_000L);
    timer.runUntil(MINUTES * 60 * SECOND);

    assertThat(asked).noneMatch(CompletableFuture::isCompletedExceptionally);
    double seconds = millis / 1000.0;
    double formula = 60.0 * uses / (60.0 * uses + spare * seconds + uses * Math.min(seconds, 1.5));
    double share = (double) used / LIMIT / (MINUTES - 2);
    assertThat(share).isBetween(formula - 0.01, formula + 0.01);
  }
}
