package ai.kale.examples.bench.path.pathenum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.InvalidInputException;
import ai.kale.examples.bench.path.run.QueryTime;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PathEnumOutputTest {
  private static final String TEXT =
      "something else\nnum of queries: 3"
          + line(0, "Complete", 12, "0.000004")
          + line(1, "Time Out", 99, "10.000100")
          + line(2, "Complete", 0, "0.001500");

  @SuppressWarnings("NullAway.Init") // set by JUnit
  @TempDir
  Path folder;

  private static String line(int id, String status, int count, String seconds) {
    return "ID %d, src 5, dst 6, status %s, result count %d, preprocessing time 0.000002 seconds, query time %s seconds,\n"
        .formatted(id, status, count, seconds);
  }

  @Test
  void eachQueryHasItsTimeItsCountAndWhetherItWasStopped() {
    assertThat(PathEnumOutput.parse(TEXT, 10))
        .containsExactly(
            new QueryTime(4_000, 10, -1, false),
            new QueryTime(10_000_100_000L, 10, -1, true),
            new QueryTime(1_500_000, 0, -1, false));
  }

  @Test
  void aLineThatIsCutIsLeftOut() {
    String cut = TEXT.substring(0, TEXT.length() - 12);

    assertThat(PathEnumOutput.parse(cut, 10)).hasSize(2);
    assertThat(PathEnumOutput.parse("", 10)).isEmpty();
  }

  @Test
  void aMissingQueryIsAnError() {
    String text = line(0, "Complete", 1, "0.1") + line(2, "Complete", 1, "0.1");

    assertThatThrownBy(() -> PathEnumOutput.parse(text, 10))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("expected query 1");
  }

  @Test
  void nanosecondsComeFromTheFile() throws Exception {
    Path prefix = folder.resolve("IDX_DFS-3-2-");
    ByteBuffer bytes = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(8).putInt(2).putLong(4_123).putLong(7_000_000_001L);
    Files.write(folder.resolve("IDX_DFS-3-2-query_time.bin"), bytes.array());
    QueryTime rounded = new QueryTime(4_000, 3, -1, false);

    assertThat(PathEnumOutput.withNanos(List.of(rounded, rounded), prefix))
        .containsExactly(
            new QueryTime(4_123, 3, -1, false), new QueryTime(7_000_000_001L, 3, -1, false));
    assertThatThrownBy(() -> PathEnumOutput.withNanos(List.of(rounded), prefix))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("expected times of 1 queries");
  }
}
