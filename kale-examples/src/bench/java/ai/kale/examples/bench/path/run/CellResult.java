package ai.kale.examples.bench.path.run;

import java.util.List;

/**
 * What came of a cell.
 *
 * @param cell what was asked
 * @param queries one for each pair asked, in order; fewer than pairs where the cell's time was up
 * @param failure why there is nothing, or nothing more; empty where all went well
 */
public record CellResult(Cell cell, List<QueryTime> queries, String failure) {
  /** Copies the list. */
  public CellResult {
    queries = List.copyOf(queries);
  }

  /**
   * A cell that gave nothing.
   *
   * @param cell what was asked
   * @param why one line
   */
  public static CellResult failed(Cell cell, String why) {
    return new CellResult(cell, List.of(), why);
  }
}
