package ai.kale.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.kale.eval.EvaluationResult;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultTableTest {
  private static ResultTable table(int seeds) {
    ResultTable table = new ResultTable();
    table.addUntrained("base", Samples.result("base", 0, 1).with(Examination.RECALL, 0.75));
    List<Cell> cells = Cell.all(seeds, 0.3, true);
    List<EvaluationResult> results = new ArrayList<>();
    for (Cell cell : cells) {
      int right =
          switch (cell.method()) {
            case KALE -> 7 + (int) cell.seed() % 2;
            case KALE_LENS -> cell.seed() % 2 == 0 ? 3 : 5;
            default -> 4;
          };
      results.add(
          Samples.result(cell.series(), cell.seed(), right).with(CellRunner.TOKENS, 12_345));
    }
    table.addCells(cells, results);
    return table;
  }

  private static List<String> row(ResultTable table, String condition, String method) {
    return table.rows().stream()
        .filter(r -> r.condition().equals(condition) && r.method().equals(method))
        .map(ResultTable::cells)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void hasARowForEveryMethodUnderEveryCondition() {
    ResultTable table = table(4);

    assertThat(table.rows())
        .extracting(ResultTable.Row::condition)
        .containsExactly(
            "untrained",
            "clean answers",
            "clean answers",
            "clean answers",
            "clean answers",
            "clean answers",
            "30 % wrong answers",
            "30 % wrong answers",
            "30 % wrong answers",
            "30 % wrong answers");
    assertThat(table.rows().stream().map(r -> r.condition() + r.method())).doesNotHaveDuplicates();
    assertThat(table.rows())
        .filteredOn(r -> !r.condition().equals("untrained"))
        .allSatisfy(r -> assertThat(r.results()).hasSize(4));
  }

  @Test
  void comparesWithSftUnderTheSameCondition() {
    ResultTable table = table(4);

    assertThat(row(table, "untrained", "base"))
        .startsWith("untrained", "base", "0.100", "–", "–", "–", "0.750");
    assertThat(row(table, "clean answers", Method.SFT.title()))
        .startsWith("clean answers", Method.SFT.title(), "0.400", "0.000", "–");
    assertThat(row(table, "clean answers", Method.KALE.title()).get(4))
        .startsWith("+0.350 [+0.2")
        .doesNotContain("tie");
    assertThat(row(table, "clean answers", Method.KALE_LENS.title()).get(4)).endsWith("] tie");
    assertThat(row(table, "30 % wrong answers", Method.SFT_GRAPH_ANSWERS.title()).get(4))
        .isEqualTo("+0.000 [+0.000, +0.000] tie");
    assertThat(row(table, "clean answers", Method.KALE.title()).get(9)).isEqualTo("12");
  }

  @Test
  void spreadIsTheStandardDeviationOverSeeds() {
    ResultTable.Row lens =
        table(4).rows().stream()
            .filter(r -> r.method().equals(Method.KALE_LENS.title()))
            .findFirst()
            .orElseThrow();

    assertThat(lens.mean(EvaluationResult.ACCURACY)).isCloseTo(0.4, within(1e-12));
    assertThat(lens.accuracySpread()).isCloseTo(Math.sqrt(0.04 / 3), within(1e-12));
    assertThat(lens.mean("nothing")).isNaN();
  }

  @Test
  void oneSeedHasNoInterval() {
    assertThat(row(table(1), "clean answers", Method.KALE.title()))
        .startsWith("clean answers", Method.KALE.title(), "0.800", "–", "+0.400 (one seed)");
  }

  @Test
  void theMarkdownIsAlignedAndHoldsEveryCell() {
    ResultTable table = table(3);

    List<String> lines = table.markdown().lines().toList();

    assertThat(lines).hasSize(2 + table.rows().size());
    assertThat(lines.stream().map(String::length).distinct()).hasSize(1);
    assertThat(lines.get(1)).matches("(\\|-+)+\\|");
    for (int i = 0; i < table.rows().size(); i++) {
      List<String> cells = List.of(lines.get(i + 2).split("\\|", -1));
      assertThat(cells.subList(1, cells.size() - 1).stream().map(String::strip))
          .containsExactlyElementsOf(ResultTable.cells(table.rows().get(i)));
    }
    assertThat(table.markdown()).isEqualTo(table(3).markdown()).endsWith("|\n");
  }
}
