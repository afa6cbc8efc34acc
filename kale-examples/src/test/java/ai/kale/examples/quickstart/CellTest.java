package ai.kale.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CellTest {
  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.3, 0.99})
  void namesAreUniqueAndFileNames(double noise) {
    List<Cell> cells = Cell.all(12, noise, true);

    assertThat(cells)
        .extracting(Cell::name)
        .doesNotHaveDuplicates()
        .allMatch(n -> n.matches("[a-z0-9-]+"));
    assertThat(cells).hasSize(12 * (Method.clean().size() + Method.noisy().size()));
  }

  @Test
  void aSeriesIsTheSameForEverySeedAndForNothingElse() {
    assertThat(new Cell(Method.KALE_LENS, 0.3, 4).name()).isEqualTo("kale-lens-noise30-seed4");
    assertThat(Cell.all(3, 0.3, true).stream().map(Cell::series).distinct())
        .hasSize(Method.clean().size() + Method.noisy().size());
  }

  @Test
  void wholeSeedsComeOneAfterTheOther() {
    assertThat(Cell.all(3, 0.3, true)).extracting(Cell::seed).isSorted();
  }

  @Test
  void withoutStatedPathsThereAreNoNoisyCells() {
    assertThat(Cell.all(2, 0.3, false))
        .hasSize(2 * Method.clean().size())
        .allMatch(c -> c.noise() == 0);
  }
}
