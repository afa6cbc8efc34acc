package ai.kale.examples.bench.teacher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TeacherFaultsBenchmarkTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  @Test
  void aSmallRunLosesNothingAndAsksNothingTwice() throws Exception {
    FaultsOptions options = new FaultsOptions();
    options.out = folder;
    options.questions = 40;
    options.kills = 1;
    options.rate = 60_000;
    options.concurrency = 4;
    options.latency = 60;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    new TeacherFaultsBenchmark(options, new PrintStream(said, true, StandardCharsets.UTF_8)).run();
    assertThat(said.toString(StandardCharsets.UTF_8))
        .contains("| not accounted for | 0 |")
        .contains("| asked again though journalled | 0 |")
        .contains("| questions kept | 40 |");
    assertThat(Files.readString(folder.resolve("teacher-faults.md")))
        .contains("A bad day, 1 kills");
  }
}
