package ai.kale.kg.sparql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.TransientFailureException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long is waited, and when no more. */
class RetrierTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  private final List<Duration> waits = new ArrayList<>();
  private int asked;

  private Pause pause(double chance) {
    return new Pause() {
      @Override
      public Instant now() {
        return NOW;
      }

      @Override
      public void sleep(Duration time) {
        waits.add(time);
      }

      @Override
      public double random() {
        return chance;
      }
    };
  }

  private void run(int attempts, Duration longestWait, Duration serverWait) throws Exception {
    new Retrier(attempts, longestWait, pause(1))
        .run(
            () -> {
              asked++;
              throw new RetryableException("busy", serverWait, null);
            });
  }

  @Test
  void theLongestWaitBoundsOurOwnWaitsAndEndsNothing() {
    assertThatThrownBy(() -> run(5, Duration.ofMillis(700), Duration.ZERO))
        .isInstanceOf(TransientFailureException.class)
        .hasMessageContaining("gave up after 5 attempts");
    assertThat(asked).isEqualTo(5);
    assertThat(waits.stream().map(Duration::toMillis)).containsExactly(500L, 700L, 700L, 700L);
  }

  @Test
  void whatTheServerAsksForIsWaitedUpToTheLongestWait() {
    assertThatThrownBy(() -> run(2, Duration.ofSeconds(2), Duration.ofSeconds(2)))
        .hasMessageContaining("gave up");
    assertThat(waits).containsExactly(Duration.ofSeconds(2));
    assertThatThrownBy(() -> run(2, Duration.ofMillis(200), Duration.ofMillis(1500)))
        .isInstanceOf(TransientFailureException.class)
        .hasMessageContaining("asks to wait 1.5 s, longer than longestWait of 0.2 s");
    assertThat(waits).hasSize(1);
  }

  @Test
  void ourOwnWaitsEndAtThirtySeconds() {
    assertThatThrownBy(() -> run(9, Duration.ofDays(1), Duration.ZERO))
        .hasMessageContaining("gave up after 9 attempts");
    assertThat(waits.get(5)).isEqualTo(Duration.ofSeconds(16));
    assertThat(waits.subList(6, 8)).containsOnly(Duration.ofSeconds(30));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "7, 7000",
    " 120 , 120000",
    "1.5, 1500",
    "0.0001, 1",
    "3., 3000",
    "-5, 0",
    "soon, 0",
    "1e3, 0",
    "'', 0",
    "'Sun, 22 Nov 2026 12:00:45 GMT', 45000",
    "'Sun, 22 Nov 2026 11:00:00 GMT', 0"
  })
  void aRetryAfterIsSecondsOrADate(String header, long millis) {
    assertThat(Retrier.retryAfter(header, NOW).toMillis()).isEqualTo(millis);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9999999999",
        "9999999999999999999",
        "99999999999999999999999999999999999.9",
        "Fri, 31 Dec 9999 23:59:59 GMT"
      })
  void aRetryAfterBeyondAllTimesIsBeyondEveryLimit(String header) {
    Duration wait = Retrier.retryAfter(header, NOW);
    assertThat(wait).isGreaterThan(Duration.ofDays(1));
    assertThatThrownBy(() -> run(5, Duration.ofDays(1), wait))
        .isInstanceOf(TransientFailureException.class)
        .hasMessageContaining("longer than longestWait of 86400 s");
    assertThat(asked).isEqualTo(1);
  }
}
