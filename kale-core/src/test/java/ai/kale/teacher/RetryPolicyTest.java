package ai.kale.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.InvalidInputException;
import ai.kale.error.OperationCancelledException;
import ai.kale.error.SetupException;
import ai.kale.error.TransientFailureException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
  private final TransientFailureException busy = new TransientFailureException("busy");

  private final RetryPolicy policy =
      RetryPolicy.standard()
          .withAttempts(5)
          .withDelays(Duration.ofSeconds(2), 3, Duration.ofSeconds(20))
          .withDeadline(Duration.ofSeconds(100));

  @Property(tries = 300, seed = "20261122")
  void waitsAtMostTheGrowingBound(
      @ForAll @IntRange(min = 1, max = 4) int failures, @ForAll long request, @ForAll long seed) {
    Duration wait =
        policy.withSeed(seed).delayAfter(failures, busy, Duration.ZERO, request).orElseThrow();
    double bound = Math.min(20, 2 * Math.pow(3, failures - 1));
    assertThat(wait.toNanos() / 1e9).isBetween(0.0, bound);
  }

  @Test
  void theWaitIsDrawnForEachRequestAndTheSameWhenRepeated() {
    Set<Duration> waits = new HashSet<>();
    double sum = 0;
    for (long request = 0; request < 1000; request++) {
      Duration wait = policy.delayAfter(1, busy, Duration.ZERO, request).orElseThrow();
      assertThat(policy.delayAfter(1, busy, Duration.ZERO, request)).hasValue(wait);
      waits.add(wait);
      sum += wait.toNanos() / 1e9;
    }
    assertThat(waits).hasSizeGreaterThan(990);
    assertThat(sum / 1000).isBetween(0.9, 1.1); // the mean of 0 to 2 s
    assertThat(policy.withSeed(7).delayAfter(1, busy, Duration.ZERO, 1))
        .isNotEqualTo(policy.delayAfter(1, busy, Duration.ZERO, 1));
  }

  @Test
  void givesUpAfterTheLastAttempt() {
    assertThat(policy.delayAfter(5, busy, Duration.ZERO, 1)).isEmpty();
    assertThat(policy.gaveUp(5, busy, Duration.ofMillis(61_540), 1))
        .isInstanceOf(TransientFailureException.class)
        .hasMessage("busy; gave up after 5 attempts in 61.5 s: no attempt is left; try again later")
        .hasCause(busy);
    assertThat(RetryPolicy.never().delayAfter(1, busy, Duration.ZERO, 1)).isEmpty();
  }

  @Test
  void retriesOnlyWhatMayPass() {
    UncheckedIOException broken = new UncheckedIOException(new IOException("reset"));
    assertThat(policy.delayAfter(1, broken, Duration.ZERO, 1)).isPresent();
    for (RuntimeException failure :
        new RuntimeException[] {
          new InvalidInputException("refused"),
          new SetupException("no such model"),
          new OperationCancelledException("stop"),
          new IllegalStateException("a mistake")
        }) {
      assertThat(policy.delayAfter(1, failure, Duration.ZERO, 1)).as("%s", failure).isEmpty();
      assertThat(policy.gaveUp(1, failure, Duration.ZERO, 1)).isSameAs(failure);
    }
  }

  @Property(tries = 100, seed = "20261122")
  void waitsAtLeastAsLongAsTheServiceAsks(
      @ForAll @IntRange(max = 90) int asked, @ForAll long request) {
    TransientFailureException failure =
        new TransientFailureException("busy", Duration.ofSeconds(asked));
    Duration wait = policy.delayAfter(1, failure, Duration.ZERO, request).orElseThrow();
    assertThat(wait).isBetween(Duration.ofSeconds(asked), Duration.ofSeconds(asked + 2));
  }

  @Test
  void givesUpWhereTheServiceAsksForMoreThanIsLeft() {
    TransientFailureException failure =
        new TransientFailureException("busy", Duration.ofSeconds(90));
    assertThat(policy.delayAfter(2, failure, Duration.ofSeconds(10), 1)).isEmpty();
    assertThat(policy.gaveUp(2, failure, Duration.ofSeconds(10), 1))
        .hasMessageContaining("gave up after 2 attempts in 10.0 s")
        .hasMessageContaining("asks to wait 90.0 s, which passes the deadline of 100.0 s");
    TransientFailureException never =
        new TransientFailureException("busy", Duration.ofSeconds(Long.MAX_VALUE));
    assertThat(policy.delayAfter(1, never, Duration.ZERO, 1)).isEmpty();
  }

  @Test
  void nothingStartsAfterTheDeadline() {
    assertThat(policy.delayAfter(1, busy, Duration.ofSeconds(100), 1)).isEmpty();
    assertThat(policy.gaveUp(1, busy, Duration.ofSeconds(100), 1))
        .hasMessageContaining("gave up after 1 attempt in 100.0 s: waiting ")
        .hasMessageContaining("passes the deadline of 100.0 s");
  }

  @Test
  void rangesAreChecked() {
    assertThatThrownBy(() -> policy.withAttempts(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> policy.withDeadline(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> policy.withDelays(Duration.ofSeconds(2), 0.5, Duration.ofSeconds(3)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> policy.withDelays(Duration.ofSeconds(2), 2, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
