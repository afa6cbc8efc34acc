package ai.kale.ground;

import java.time.Duration;
import java.util.Locale;

/**
 * How long the searches of a run took, each by the clock of the thread that did it, without linking
 * and label look-ups. Not part of any file: times differ from run to run.
 *
 * @param searches number of questions, those without an end to search from included
 * @param p50 the median; like the other quantiles at most 1/16 above the exact value
 * @param p90 nine of ten questions took at most this
 * @param p99 99 of 100 questions took at most this
 * @param max the longest, exact
 */
public record SearchTimes(long searches, Duration p50, Duration p90, Duration p99, Duration max) {
  static SearchTimes of(TimeHistogram times) {
    return new SearchTimes(
        times.total(),
        Duration.ofNanos(times.quantile(0.5)),
        Duration.ofNanos(times.quantile(0.9)),
        Duration.ofNanos(times.quantile(0.99)),
        Duration.ofNanos(times.max()));
  }

  /** One line for people, in milliseconds. */
  public String describe() {
    return String.format(
        Locale.ROOT,
        "%d searches; ms a question: median %.3f, 90 %% %.3f, 99 %% %.3f, at most %.3f",
        searches,
        millis(p50),
        millis(p90),
        millis(p99),
        millis(max));
  }

  private static double millis(Duration time) {
    return time.toNanos() / 1e6;
  }
}
