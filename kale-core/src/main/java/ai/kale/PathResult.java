package ai.kale;

import ai.kale.data.PathReport;
import java.util.List;

/**
 * What a path search found.
 *
 * @param paths in the order of {@link PathExtractor}; the same query gives the same list on any
 *     backend
 * @param scores for each path what the query's scorer gave it; empty if the query has none
 * @param report what was read and whether anything was cut
 */
public record PathResult(List<GraphPath> paths, List<Double> scores, PathReport report) {
  /** Copies the lists. */
  public PathResult {
    paths = List.copyOf(paths);
    scores = List.copyOf(scores);
    if (!scores.isEmpty() && scores.size() != paths.size()) {
      throw new IllegalArgumentException(
          "a score for each path or none; got " + scores.size() + " for " + paths.size());
    }
  }

  /**
   * A result without scores.
   *
   * @param paths in the order of {@link PathExtractor}
   * @param report what was read and whether anything was cut
   */
  public PathResult(List<GraphPath> paths, PathReport report) {
    this(paths, List.of(), report);
  }
}
