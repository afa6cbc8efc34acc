package ai.kale.examples.bench.path.run;

import ai.kale.examples.bench.path.find.PathSearch;

/**
 * What one query took and found.
 *
 * @param nanos time; of a query that was stopped, at least the limit
 * @param paths paths found, no more than were asked for
 * @param arcs arcs read, or -1 where the contender does not tell
 * @param stopped whether it ran into the time limit
 */
public record QueryTime(long nanos, long paths, long arcs, boolean stopped) {
  /** Arcs of a contender that does not count them. */
  public static final long UNKNOWN = PathSearch.Found.UNKNOWN;
}
