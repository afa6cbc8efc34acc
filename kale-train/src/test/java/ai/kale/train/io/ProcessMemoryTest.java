package ai.kale.train.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessMemoryTest {
  @Test
  void residentMemoryIsReadInKibibytes() {
    assertThat(ProcessMemory.resident(List.of("Name:\tjava", "VmRSS:\t  123456 kB", "Threads: 9")))
        .isEqualTo(123_456L * 1024);
  }

  @Test
  void whereTheSystemDoesNotTellTheHeapIsTaken() {
    assertThat(ProcessMemory.resident(List.of("Name:\tjava"))).isPositive();
    assertThat(ProcessMemory.resident(List.of("VmRSS:"))).isPositive();
    assertThat(ProcessMemory.bytes()).isGreaterThan(1 << 20);
  }
}
