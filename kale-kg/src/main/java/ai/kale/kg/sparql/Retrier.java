package ai.kale.kg.sparql;

import ai.kale.error.TransientFailureException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only place that tries again. The wait before attempt n + 1 is half to all of 0.5 s · 2^(n-1),
 * drawn by chance so that clients do not come back together, and at most 30 s and the longest wait;
 * but at least what the server asked for. A server that asks for more than the longest wait is not
 * waited for.
 */
final class Retrier {
  private static final Logger LOG = LoggerFactory.getLogger(SparqlKnowledgeGraph.class);
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration MOST = Duration.ofSeconds(30);

  /** What a server may ask for; numbers beyond say no more. */
  private static final BigDecimal AGES = BigDecimal.valueOf(1_000_000_000_000L);

  private static final Pattern SECONDS = Pattern.compile("[0-9]+(\\.[0-9]*)?");

  /** One attempt. */
  @FunctionalInterface
  interface Attempt<T> {
    T run() throws RetryableException, SortLimitException, InterruptedException;
  }

  private final int attempts;
  private final Duration longestWait;
  private final Pause pause;

  Retrier(int attempts, Duration longestWait, Pause pause) {
    this.attempts = attempts;
    this.longestWait = longestWait;
    this.pause = pause;
  }

  <T> T run(Attempt<T> attempt) throws SortLimitException, InterruptedException {
    for (int n = 1; ; n++) {
      try {
        return attempt.run();
      } catch (RetryableException e) {
        if (n >= attempts) {
          throw new TransientFailureException(
              e.getMessage() + "; gave up after " + n + " attempts, try again later", e);
        }
        if (e.serverWait().compareTo(longestWait) > 0) {
          throw new TransientFailureException(
              e.getMessage()
                  + "; it asks to wait "
                  + seconds(e.serverWait())
                  + " s, longer than longestWait of "
                  + seconds(longestWait)
                  + " s: try again then",
              e);
        }
        Duration wait = longer(e.serverWait(), shorter(backoff(n), longestWait));
        LOG.info("{}; attempt {} of {} follows in {}", e.getMessage(), n + 1, attempts, wait);
        pause.sleep(wait);
      }
    }
  }

  private Duration backoff(int n) {
    Duration full = n > 7 ? MOST : FIRST.multipliedBy(1L << (n - 1));
    return Duration.ofMillis(
        (long) (shorter(full, MOST).toMillis() * (0.5 + 0.5 * pause.random())));
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  private static String seconds(Duration time) {
    return BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros().toPlainString();
  }

  /** Reads a Retry-After header, seconds or an HTTP date; zero if it is neither or past. */
  static Duration retryAfter(String header, Instant now) {
    String text = header.strip();
    if (SECONDS.matcher(text).matches()) {
      BigDecimal seconds = new BigDecimal(text).min(AGES);
      return Duration.ofMillis(
          seconds.movePointRight(3).setScale(0, RoundingMode.CEILING).longValueExact());
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
