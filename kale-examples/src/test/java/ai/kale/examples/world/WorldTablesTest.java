package ai.kale.examples.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.kale.error.InvalidInputException;
import ai.kale.examples.testing.SmallWorld;
import ai.kale.examples.world.WorldTables.Fact;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorldTablesTest {
  @Test
  void readsTablesInOrderOfTheirNames(@TempDir Path folder) {
    SmallWorld.write(folder.resolve("b.tsv"), List.of("city\tcountry", "Lyon\tFrance"));
    SmallWorld.write(
        folder.resolve("a.tsv"),
        List.of(
            "country\tcapital\tlanguage",
            "France\tParis\tFrench|Occitan ",
            "",
            "Chad\t\tArabic",
            "Mali"));
    SmallWorld.write(folder.resolve("README.md"), List.of("no\ttable", "a\tb\tc\td"));

    assertThat(WorldTables.read(folder))
        .containsExactly(
            new Fact("France", "capital", "Paris"),
            new Fact("France", "language", "French"),
            new Fact("France", "language", "Occitan"),
            new Fact("Chad", "language", "Arabic"),
            new Fact("Lyon", "country", "France"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Chad\tN'Djamena\textra", "\tN'Djamena", "Chad\t\t"})
  void aRowThatDoesNotFitIsAnErrorWithItsLine(String row, @TempDir Path folder) {
    Path file =
        SmallWorld.write(
            folder.resolve("a.tsv"), List.of("country\tcapital", "France\tParis", "", row));

    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> WorldTables.read(folder))
        .withMessageStartingWith(file + ":4: ")
        .withMessageContaining("at most 2 cells")
        .satisfies(e -> assertThat(e.line()).isEqualTo(4));
  }
}
