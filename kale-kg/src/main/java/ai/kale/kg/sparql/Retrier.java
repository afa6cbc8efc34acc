package ai.kale.kg.sparql;

import ai.kale.error.TransientFailureException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only place that tries again. The wait before attempt n + 1 is what the server asked for, but
 * at least half to all of 0.5 s · 2^(n-1), drawn by chance so that clients do not come back
 * together, and at most 30 s. A server that asks for more than the longest wait is not waited for.
 */
final class Retrier {
  private static final Logger LOG = LoggerFactory.getLogger(SparqlKnowledgeGraph.class);
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration MOST = Duration.ofSeconds(30);

  /** One attempt. */
  @FunctionalInterface
  interface Attempt<T> {
    T run() throws RetryableException, InterruptedException;
  }

  private final int attempts;
  private final Duration longestWait;
  private final Pause pause;

  Retrier(int attempts, Duration longestWait, Pause pause) {
    this.attempts = attempts;
    this.longestWait = longestWait;
    this.pause = pause;
  }

  <T> T run(Attempt<T> attempt) throws InterruptedException {
    for (int n = 1; ; n++) {
      try {
        return attempt.run();
      } catch (RetryableException e) {
        Duration wait = backoff(n);
        wait = wait.compareTo(e.serverWait()) < 0 ? e.serverWait() : wait;
        if (n >= attempts) {
          throw new TransientFailureException(
              e.getMessage() + "; gave up after " + n + " attempts, try again later", e);
        }
        if (wait.compareTo(longestWait) > 0) {
          throw new TransientFailureException(
              e.getMessage()
                  + "; it asks to wait "
                  + wait.toSeconds()
                  + " s, longer than longestWait of "
                  + longestWait.toSeconds()
                  + " s: try again then",
              e);
        }
        LOG.info("{}; attempt {} of {} follows in {}", e.getMessage(), n + 1, attempts, wait);
        pause.sleep(wait);
      }
    }
  }

  private Duration backoff(int n) {
    Duration full = n > 7 ? MOST : FIRST.multipliedBy(1L << (n - 1));
    full = full.compareTo(MOST) > 0 ? MOST : full;
    return Duration.ofMillis((long) (full.toMillis() * (0.5 + 0.5 * pause.random())));
  }

  /** Reads a Retry-After header, seconds or an HTTP date; zero if it is neither or past. */
  static Duration retryAfter(String header, Instant now) {
    String text = header.strip();
    if (!text.isEmpty() && text.length() <= 9 && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Duration.ofSeconds(Long.parseLong(text));
    }
    try {
      Instant then =
          ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT))
              .toInstant();
      return then.isAfter(now) ? Duration.between(now, then) : Duration.ZERO;
    } catch (DateTimeParseException e) {
      return Duration.ZERO;
    }
  }
}
