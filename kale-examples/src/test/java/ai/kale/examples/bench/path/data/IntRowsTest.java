package ai.kale.examples.bench.path.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntRowsTest {
  @SuppressWarnings("NullAway.Init") // set by JUnit
  @TempDir
  Path folder;

  @Test
  void whatIsWrittenIsRead() {
    int[] values = IntStream.range(0, 60_000).map(i -> i * 35_791).toArray();
    Path file = folder.resolve("rows.tsv");
    new IntRows(3, values).write(file);

    IntRows read = IntRows.read(file, 3);

    assertThat(read.values()).isEqualTo(values);
    assertThat(read.size()).isEqualTo(20_000);
    assertThat(read.at(7, 2)).isEqualTo(values[23]);
  }

  @Test
  void anEmptyFileHasNoRows() throws Exception {
    Path file = Files.createFile(folder.resolve("none.tsv"));

    assertThat(IntRows.read(file, 2).size()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1\t2\n3\n", "1\t2\n3\t4\t5\n", "1\t2\n3\tx\n", "1\t2\n3\t4", "1\t2\n\n"})
  void aWrongLineIsNamed(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("wrong.tsv"), text);

    assertThatThrownBy(() -> IntRows.read(file, 2))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("wrong.tsv:2");
  }
}
