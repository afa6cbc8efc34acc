package ai.kale.examples.console;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.run.Progress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Tests run without a terminal. */
class ConsoleProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final ConsoleProgress progress =
      new ConsoleProgress(new PrintStream(bytes, true, StandardCharsets.UTF_8));

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private void step(String stage, long done, long total) {
    progress.onProgress(new Progress(stage, done, total, "detail"));
  }

  @Test
  void aLongStageIsALineForEachTenth() throws InterruptedException {
    step("extract", 0, 100);
    Thread.sleep(2100);
    for (int done = 31; done <= 49; done++) {
      step("extract", done, 100);
    }
    step("extract", 100, 100);
    progress.close();

    assertThat(printed().lines())
        .hasSize(3)
        .allMatch(line -> line.matches("extract (30|40|100) %, \\d+ s, \\d+ s left"));
    assertThat(printed()).doesNotContain("\r", "\u001b");
  }

  @Test
  void aShortStageAndAnUnknownTotalLeaveNoLine() {
    step("link", 0, 10);
    step("link", 10, 10);
    step("read", 5, -1);
    step("read", 0, 0);
    progress.close();

    assertThat(printed()).isEmpty();
  }
}
