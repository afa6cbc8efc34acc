package ai.kale.kg.path;

/**
 * The cheapest plan and what it costs, in entries of a list that is read from end to end.
 *
 * @param plan what to do
 * @param cost at least about this
 */
record JoinEstimate(JoinPlan plan, long cost) {
  /** What going to another adjacency list costs, if most of the graph is in a cache. */
  private static final int NEAR_SEEK = 8;

  /** The same in a graph of more arcs than caches hold. */
  private static final int FAR_SEEK = 40;

  private static final int CACHED_ARCS = 1 << 22;

  /** What going to another adjacency list costs in a graph of so many arcs. */
  static int seek(int arcs) {
    return arcs > CACHED_ARCS ? FAR_SEEK : NEAR_SEEK;
  }

  /** The cheaper one. */
  JoinEstimate or(JoinPlan other, long otherCost) {
    return otherCost < cost ? new JoinEstimate(other, otherCost) : this;
  }
}
