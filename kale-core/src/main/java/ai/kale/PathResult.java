package ai.kale;

import ai.kale.data.PathReport;
import java.util.List;

/**
 * What a path search found.
 *
 * @param paths shortest first, then by the extractor's order; the same query gives the same list on
 *     any backend
 * @param report what was read and whether anything was cut
 */
public record PathResult(List<GraphPath> paths, PathReport report) {
  /** Copies the list. */
  public PathResult {
    paths = List.copyOf(paths);
  }
}
