package ai.kale;

import java.util.Arrays;

/** A search for paths from any source to any target. Make one with {@link #between}. */
public final class PathQuery {
  private final int[] sources;
  private final int[] targets;
  private final int maxHops;
  private final int maxPaths;
  private final Direction direction;
  private final long maxArcs;

  private PathQuery(
      int[] sources, int[] targets, int maxHops, int maxPaths, Direction direction, long maxArcs) {
    this.sources = sources;
    this.targets = targets;
    this.maxHops = maxHops;
    this.maxPaths = maxPaths;
    this.direction = direction;
    this.maxArcs = maxArcs;
  }

  /**
   * A query with the default limits: 3 hops, 16 paths, both directions, no budget.
   *
   * @param sources handles of the question's entities; repeats count once
   * @param targets handles of the answer's entities; repeats count once
   * @return a query
   */
  public static PathQuery between(int[] sources, int[] targets) {
    return new PathQuery(
        distinct(sources), distinct(targets), 3, 16, Direction.BOTH, Long.MAX_VALUE);
  }

  /**
   * The same query for new end points.
   *
   * @param newSources handles of the question's entities
   * @param newTargets handles of the answer's entities
   * @return a new query
   */
  public PathQuery withEndpoints(int[] newSources, int[] newTargets) {
    return new PathQuery(
        distinct(newSources), distinct(newTargets), maxHops, maxPaths, direction, maxArcs);
  }

  /**
   * Limits the length.
   *
   * @param hops longest path, at least 1
   * @return a new query
   */
  public PathQuery withMaxHops(int hops) {
    check(hops >= 1, "maxHops must be at least 1; got " + hops);
    return new PathQuery(sources, targets, hops, maxPaths, direction, maxArcs);
  }

  /**
   * Limits the number of paths: the best by the extractor's order are kept.
   *
   * @param paths most paths to return, at least 1
   * @return a new query
   */
  public PathQuery withMaxPaths(int paths) {
    check(paths >= 1, "maxPaths must be at least 1; got " + paths);
    return new PathQuery(sources, targets, maxHops, paths, direction, maxArcs);
  }

  /**
   * Chooses which arcs a path may use.
   *
   * @param newDirection forward, backward, or both
   * @return a new query
   */
  public PathQuery withDirection(Direction newDirection) {
    return new PathQuery(sources, targets, maxHops, maxPaths, newDirection, maxArcs);
  }

  /**
   * Sets a budget. A search that reaches it returns what it has and says so in its report.
   *
   * @param arcs most arcs to read, at least 1
   * @return a new query
   */
  public PathQuery withMaxArcs(long arcs) {
    check(arcs >= 1, "maxArcs must be at least 1; got " + arcs);
    return new PathQuery(sources, targets, maxHops, maxPaths, direction, arcs);
  }

  private static int[] distinct(int[] handles) {
    return Arrays.stream(handles).distinct().sorted().toArray();
  }

  private static void check(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }

  /** Distinct source handles, rising; a copy. */
  public int[] sources() {
    return sources.clone();
  }

  /** Distinct target handles, rising; a copy. */
  public int[] targets() {
    return targets.clone();
  }

  /** Longest path, in hops. */
  public int maxHops() {
    return maxHops;
  }

  /** Most paths to return. */
  public int maxPaths() {
    return maxPaths;
  }

  /** Which arcs a path may use. */
  public Direction direction() {
    return direction;
  }

  /** Budget of arcs to read; {@link Long#MAX_VALUE} for none. */
  public long maxArcs() {
    return maxArcs;
  }

  @Override
  public String toString() {
    return "PathQuery[sources="
        + Arrays.toString(sources)
        + ", targets="
        + Arrays.toString(targets)
        + ", maxHops="
        + maxHops
        + ", maxPaths="
        + maxPaths
        + ", direction="
        + direction
        + ", maxArcs="
        + maxArcs
        + "]";
  }
}
