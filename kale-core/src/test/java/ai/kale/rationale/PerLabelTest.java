package ai.kale.rationale;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PerLabelTest {
  @Test
  void aLabelIsLookedAtOnceAndTheFirstOnesAreKept() {
    AtomicInteger made = new AtomicInteger();
    PerLabel<String> lengths =
        new PerLabel<>(
            label -> {
              made.incrementAndGet();
              return label + "!";
            });
    for (int i = 0; i < 5000; i++) {
      assertThat(lengths.get("r" + i)).isEqualTo("r" + i + "!");
      assertThat(lengths.get("r0")).isEqualTo("r0!");
    }
    assertThat(made).hasValue(5000);
    assertThat(lengths.size()).isEqualTo(4096);
  }

  @Test
  void aLongLabelIsNotKept() {
    PerLabel<Integer> lengths = new PerLabel<>(String::length);
    assertThat(lengths.get("r".repeat(201))).isEqualTo(201);
    assertThat(lengths.size()).isZero();
  }
}
