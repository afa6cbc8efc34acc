package ai.kale.teacher.openai;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** How long a service asks to wait. */
final class RetryAfter {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}(\\.[0-9]{0,9})?");
  private static final BigDecimal MOST = BigDecimal.valueOf(Duration.ofDays(366).toMillis());

  private RetryAfter() {}

  /**
   * Reads {@code retry-after-ms}, or else {@code Retry-After} in seconds or as a date; what is past
   * is zero, what is neither is not there.
   */
  static Optional<Duration> of(HttpHeaders headers, Instant now) {
    Optional<Duration> millis =
        headers.firstValue("retry-after-ms").map(String::strip).flatMap(text -> number(text, 0));
    if (millis.isPresent()) {
      return millis;
    }
    Optional<String> header = headers.firstValue("Retry-After").map(String::strip);
    return header
        .flatMap(text -> number(text, 3))
        .or(() -> header.flatMap(RetryAfter::date).map(then -> until(then, now(headers, now))));
  }

  private static Optional<Duration> number(String text, int scale) {
    if (!NUMBER.matcher(text).matches()) {
      return Optional.empty();
    }
    BigDecimal millis = new BigDecimal(text).movePointRight(scale).min(MOST);
    return Optional.of(
        Duration.ofMillis(millis.setScale(0, RoundingMode.CEILING).longValueExact()));
  }

  /** The server's clock where it tells the time: the date it asks for is read off that. */
  private static Instant now(HttpHeaders headers, Instant now) {
    return headers.firstValue("Date").map(String::strip).flatMap(RetryAfter::date).orElse(now);
  }

  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT))
              .toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Duration until(Instant then, Instant now) {
    return then.isAfter(now) ? Duration.between(now, then) : Duration.ZERO;
  }
}
