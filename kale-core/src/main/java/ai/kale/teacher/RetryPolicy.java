package ai.kale.teacher;

import ai.kale.error.KaleException;
import ai.kale.error.OperationCancelledException;
import ai.kale.error.TransientFailureException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * When a failed request is sent again: the one such policy of this library. Immutable.
 *
 * <p>Only failures that may pass are retried: {@link KaleException#isRetryable} other than a
 * cancelled operation, and {@link UncheckedIOException}. The wait after the n-th failure is drawn
 * uniformly from 0 to {@code firstDelay · factor^(n-1)}, at most {@code largestDelay} ("full
 * jitter", so that many clients do not come back together). A service that says how long to wait is
 * waited for at least that long, and at most {@code firstDelay} longer. Nothing is started after
 * the deadline: if the wait would reach it, the policy gives up at once.
 *
 * <p>The draw depends on the seed, the request and n only, so a run can be repeated.
 *
 * @param attempts most attempts of one request, the first included, at least 1
 * @param firstDelay largest wait after the first failure, not negative
 * @param factor growth of the largest wait, at least 1
 * @param largestDelay most that is ever waited without being asked to, at least {@code firstDelay}
 * @param deadline most time from the first attempt to the start of the last, positive
 * @param seed of the draws
 */
public record RetryPolicy(
    int attempts,
    Duration firstDelay,
    double factor,
    Duration largestDelay,
    Duration deadline,
    long seed) {
  /** Longer than any deadline. */
  private static final Duration AGES = Duration.ofDays(1000);

  /** Checks the ranges. */
  public RetryPolicy {
    check(attempts >= 1, "attempts must be at least 1; got " + attempts);
    check(!firstDelay.isNegative(), "firstDelay must not be negative; got " + firstDelay);
    check(factor >= 1 && factor <= 100, "factor must be from 1 to 100; got " + factor);
    check(
        largestDelay.compareTo(firstDelay) >= 0 && largestDelay.toDays() <= 366,
        "largestDelay must be from firstDelay to a year; got " + largestDelay);
    check(
        !deadline.isNegative() && !deadline.isZero() && deadline.toDays() <= 366,
        "deadline must be positive and at most a year; got " + deadline);
  }

  /** 8 attempts in at most 10 minutes; waits up to 1 s, 2 s, 4 s … 60 s. */
  public static RetryPolicy standard() {
    return new RetryPolicy(
        8, Duration.ofSeconds(1), 2, Duration.ofSeconds(60), Duration.ofMinutes(10), 0);
  }

  /** One attempt. */
  public static RetryPolicy never() {
    return standard().withAttempts(1);
  }

  /**
   * With another number of attempts.
   *
   * @param most the first included, at least 1
   */
  public RetryPolicy withAttempts(int most) {
    return new RetryPolicy(most, firstDelay, factor, largestDelay, deadline, seed);
  }

  /**
   * With other waits.
   *
   * @param first largest wait after the first failure
   * @param growth at least 1
   * @param largest most that is waited without being asked to
   */
  public RetryPolicy withDelays(Duration first, double growth, Duration largest) {
    return new RetryPolicy(attempts, first, growth, largest, deadline, seed);
  }

  /**
   * With another deadline.
   *
   * @param most from the first attempt to the start of the last
   */
  public RetryPolicy withDeadline(Duration most) {
    return new RetryPolicy(attempts, firstDelay, factor, largestDelay, most, seed);
  }

  /**
   * With another seed.
   *
   * @param another of the draws
   */
  public RetryPolicy withSeed(long another) {
    return new RetryPolicy(attempts, firstDelay, factor, largestDelay, deadline, another);
  }

  /**
   * Decides after a failed attempt.
   *
   * @param failures attempts that failed so far, at least 1
   * @param failure the last of them
   * @param elapsed since the first attempt was started
   * @param request tells requests apart, for example a hash; takes part in the draw
   * @return how long to wait before the next attempt; empty to give up, see {@link #gaveUp}
   */
  public Optional<Duration> delayAfter(
      int failures, RuntimeException failure, Duration elapsed, long request) {
    Duration wait = wait(failures, failure, request);
    return retryable(failure) && failures < attempts && fits(elapsed, wait)
        ? Optional.of(wait)
        : Optional.empty();
  }

  /**
   * The failure to report when {@link #delayAfter} is empty for the same arguments.
   *
   * @param failures attempts that failed so far
   * @param failure the last of them
   * @param elapsed since the first attempt was started
   * @param request tells requests apart
   * @return the failure itself if it cannot pass; else one that also says how often and how long
   *     was tried and why no more
   */
  public RuntimeException gaveUp(
      int failures, RuntimeException failure, Duration elapsed, long request) {
    if (!retryable(failure)) {
      return failure;
    }
    Optional<Duration> asked = asked(failure);
    String why;
    if (asked.isPresent() && !fits(elapsed, asked.get())) {
      why = "the service asks to wait " + seconds(asked.get()) + ", which passes the deadline of ";
    } else if (failures >= attempts) {
      why = "no attempt is left";
    } else {
      why = "waiting " + seconds(wait(failures, failure, request)) + " passes the deadline of ";
    }
    return gaveUp(
        failures, failure, elapsed, why + (why.endsWith(" of ") ? seconds(deadline) : ""));
  }

  /** The failure to report when the deadline passed while the next attempt waited to be sent. */
  RuntimeException tooLate(int failures, RuntimeException failure, Duration elapsed) {
    return gaveUp(
        failures,
        failure,
        elapsed,
        "the deadline of "
            + seconds(deadline)
            + " passed while the next attempt waited for budget and rate limit");
  }

  private static RuntimeException gaveUp(
      int failures, RuntimeException failure, Duration elapsed, String why) {
    return new TransientFailureException(
        failure.getMessage()
            + "; gave up after "
            + failures
            + (failures == 1 ? " attempt in " : " attempts in ")
            + seconds(elapsed)
            + ": "
            + why
            + "; try again later",
        failure);
  }

  private boolean fits(Duration elapsed, Duration wait) {
    return wait.compareTo(deadline) < 0 && elapsed.plus(wait).compareTo(deadline) < 0;
  }

  private static boolean retryable(RuntimeException failure) {
    return failure instanceof UncheckedIOException
        || (failure instanceof KaleException known
            && known.isRetryable()
            && !(failure instanceof OperationCancelledException));
  }

  private static Optional<Duration> asked(RuntimeException failure) {
    return failure instanceof TransientFailureException passing
        ? passing.retryAfter().map(time -> time.compareTo(AGES) < 0 ? time : AGES)
        : Optional.empty();
  }

  private Duration wait(int failures, RuntimeException failure, long request) {
    double bound =
        Math.min(nanos(largestDelay), nanos(firstDelay) * Math.pow(factor, failures - 1.0));
    SplittableRandom random =
        new SplittableRandom(seed * 0x9E3779B97F4A7C15L + request * 0xC2B2AE3D27D4EB4FL + failures);
    double share = random.nextDouble();
    Duration drawn = Duration.ofNanos((long) (share * bound));
    Duration politely = Duration.ofNanos((long) (share * nanos(firstDelay)));
    Optional<Duration> asked = asked(failure);
    if (asked.isEmpty()) {
      return drawn;
    }
    Duration atLeast = asked.get().plus(politely);
    return atLeast.compareTo(drawn) > 0 ? atLeast : drawn;
  }

  private static double nanos(Duration time) {
    return (double) time.toNanos();
  }

  private static String seconds(Duration time) {
    return time.toHours() < 2
        ? BigDecimal.valueOf(time.toMillis() / 100, 1) + " s"
        : BigDecimal.valueOf(time.toMinutes() / 6, 1) + " h";
  }

  private static void check(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
