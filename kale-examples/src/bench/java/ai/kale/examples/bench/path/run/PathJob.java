package ai.kale.examples.bench.path.run;

import java.util.List;

/**
 * What one contender is to do with one graph.
 *
 * @param contender its key
 * @param folder of the graph
 * @param cells what to ask, cheap questions first
 * @param limits how long it may take
 */
public record PathJob(String contender, String folder, List<Cell> cells, Limits limits) {
  /** Copies the list. */
  public PathJob {
    cells = List.copyOf(cells);
  }

  /**
   * The same job without the first cells.
   *
   * @param from cells to leave out
   */
  public PathJob from(int from) {
    return new PathJob(contender, folder, cells.subList(from, cells.size()), limits);
  }
}
