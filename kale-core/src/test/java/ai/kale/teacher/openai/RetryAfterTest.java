package ai.kale.teacher.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  private static Optional<Duration> read(String... namesAndValues) {
    Map<String, List<String>> headers = new TreeMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      headers.put(namesAndValues[i], List.of(namesAndValues[i + 1]));
    }
    return RetryAfter.of(HttpHeaders.of(headers, (name, value) -> true), NOW);
  }

  @Test
  void secondsAreRoundedUpToMilliseconds() {
    assertThat(read("Retry-After", "3")).hasValue(Duration.ofSeconds(3));
    assertThat(read("retry-after", " 0.25 ")).hasValue(Duration.ofMillis(250));
    assertThat(read("Retry-After", "0.0001")).hasValue(Duration.ofMillis(1));
    assertThat(read("Retry-After", "0")).hasValue(Duration.ZERO);
    assertThat(read("Retry-After", "999999999999999")).hasValue(Duration.ofDays(366));
  }

  @Test
  void millisecondsComeFirst() {
    assertThat(read("retry-after-ms", "1500", "Retry-After", "9"))
        .hasValue(Duration.ofMillis(1500));
    assertThat(read("retry-after-ms", "soon", "Retry-After", "9")).hasValue(Duration.ofSeconds(9));
  }

  @Test
  void datesAreReadOffTheClockOfTheService() {
    String later = "Sun, 22 Nov 2026 10:00:30 GMT";
    assertThat(read("Retry-After", later)).hasValue(Duration.ofSeconds(30));
    assertThat(read("Retry-After", later, "Date", "Sun, 22 Nov 2026 10:00:10 GMT"))
        .hasValue(Duration.ofSeconds(20));
    assertThat(read("Retry-After", "Sun, 22 Nov 2026 09:00:00 GMT")).hasValue(Duration.ZERO);
  }

  @Test
  void whatIsNeitherSaysNothing() {
    assertThat(read()).isEmpty();
    for (String wrong : List.of("", "soon", "-3", "1e9", "2026-11-22T10:00:30Z")) {
      assertThat(read("Retry-After", wrong)).as(wrong).isEmpty();
    }
  }
}
