package ai.kale.kg.path;

import ai.kale.kg.graph.AdjacencyArrays;

/**
 * Estimates what each plan for four hops costs, in entries of a list read from end to end. Degrees
 * are summed on the side with fewer arcs; the other side only where that can change the choice.
 */
final class FourHopCosts {
  /** What putting a walk into the table costs. */
  private static final int ENTRY_COST = 8;

  /** What marking a last hop and taking the mark away costs. */
  private static final int MARK_LAST_COST = 2;

  /** What marking what the source reaches costs for each arc. */
  private static final int MARK_COST = 3;

  /** More pairs of lists than this are not worth an estimate. */
  private static final long MOST_PAIRS = 1 << 10;

  /** Lists looked at for an estimate. */
  private static final int SAMPLE = 32;

  private final AdjacencyArrays arcs;
  private final TargetArcs lastHops;
  private final int source;
  private final int seek;

  /** The part of the cost of filling the table that counts: 0 if it is filled. */
  private final double tableShare;

  private JoinEstimate best = new JoinEstimate(JoinPlan.DIRECT, Long.MAX_VALUE);

  FourHopCosts(AdjacencyArrays arcs, TargetArcs lastHops, int source, int seek, double tableShare) {
    this.tableShare = tableShare;
    this.arcs = arcs;
    this.lastHops = lastHops;
    this.source = source;
    this.seek = seek;
    int degree = arcs.degree(source);
    int last = lastHops.size();
    boolean filled = tableShare == 0;
    long atLeastFar = filled ? 0 : (long) (tableShare * seek * last);
    if ((long) degree * last <= MOST_PAIRS) {
      considerPairs();
    }
    if (degree <= last) {
      long near = near(Long.MAX_VALUE);
      considerWalks(near, last);
      if (best.cost() > atLeastFar) {
        considerTables(near, filled ? 0 : far((long) (best.cost() / tableShare)));
      }
    } else {
      long far = far(Long.MAX_VALUE);
      long fill = fillCost(far);
      consider(JoinPlan.BACK, fill + far * (seek + joinOfThird(degree)));
      if (best.cost() > (long) seek * degree) {
        long near = near(best.cost());
        considerWalks(near, last);
        considerTables(near, far);
      }
    }
  }

  /** Walks two hops, and joins or looks up each list that is reached. */
  private void considerWalks(long near, int last) {
    consider(JoinPlan.DIRECT, near * (seek + joinOfSecond(last)));
    consider(JoinPlan.MARKED, MARK_LAST_COST * (long) last + near * (seek + joinOfSecond(0)));
  }

  private void considerPairs() {
    long sum = 0;
    int end = arcs.arcEnd(source);
    for (int arc = arcs.arcStart(source); arc < end && sum < best.cost(); arc++) {
      int first = arcs.neighbour(arc);
      int length = arcs.degree(first);
      int to = lastHops.to();
      for (int place = lastHops.from(); place < to; place = lastHops.runEnd(place)) {
        int third = lastHops.entity(place);
        sum += third == first ? 1 : seek + SortedJoin.cost(length, arcs.degree(third));
      }
    }
    consider(JoinPlan.PAIRS, sum);
  }

  private long fillCost(long far) {
    return (long) (tableShare * (ENTRY_COST * far + (double) seek * lastHops.size()));
  }

  private void considerTables(long near, long far) {
    long walk = near + (long) seek * arcs.degree(source);
    consider(JoinPlan.TABLE, fillCost(far) + walk);
    if (tableShare > 0) {
      long ends = (long) seek * lastHops.size();
      consider(JoinPlan.TABLE_OF_REACHED, MARK_COST * near + walk + ends + far + walk);
    }
  }

  private void consider(JoinPlan plan, long cost) {
    best = best.or(plan, cost);
  }

  /** The cheapest plan. */
  JoinEstimate best() {
    return best;
  }

  /** Arcs at the neighbours of the source. */
  private long near(long enough) {
    long sum = 0;
    int end = arcs.arcEnd(source);
    for (int arc = arcs.arcStart(source); arc < end && sum < enough; arc++) {
      sum += arcs.degree(arcs.neighbour(arc));
    }
    return sum;
  }

  /** Arcs at the neighbours of the targets. */
  private long far(long enough) {
    long sum = 0;
    int to = lastHops.to();
    for (int place = lastHops.from(); place < to && sum < enough; place = lastHops.runEnd(place)) {
      sum += arcs.degree(lastHops.entity(place));
    }
    return sum;
  }

  /**
   * What joining the list of an entity two hops from the source with a list costs on average; with
   * none, what reading it costs.
   */
  private long joinOfSecond(int length) {
    int start = arcs.arcStart(source);
    int degree = arcs.degree(source);
    long sum = 0;
    long weight = 0;
    for (int i = 0; i < Math.min(SAMPLE, degree); i++) {
      int first = arcs.neighbour(start + (int) ((long) i * degree / Math.min(SAMPLE, degree)));
      sum += arcs.degree(first) * join(first, length);
      weight += arcs.degree(first);
    }
    return weight == 0 ? 0 : sum / weight;
  }

  /** What joining the list of an entity two hops from the targets with a list costs on average. */
  private long joinOfThird(int length) {
    int size = lastHops.size();
    long sum = 0;
    long weight = 0;
    for (int i = 0; i < Math.min(SAMPLE, size); i++) {
      int place = lastHops.from() + (int) ((long) i * size / Math.min(SAMPLE, size));
      int third = lastHops.entity(place);
      sum += arcs.degree(third) * join(third, length);
      weight += arcs.degree(third);
    }
    return weight == 0 ? 0 : sum / weight;
  }

  /** What joining the lists of an entity's neighbours with a list costs on average, from a few. */
  private long join(int entity, int length) {
    int start = arcs.arcStart(entity);
    int degree = arcs.degree(entity);
    int looks = Math.min(3, degree);
    long sum = 0;
    for (int i = 0; i < looks; i++) {
      int middle = arcs.neighbour(start + (int) ((2L * i + 1) * degree / (2L * looks)));
      int list = arcs.degree(middle);
      sum += length == 0 ? list : SortedJoin.cost(list, length);
    }
    return looks == 0 ? 0 : sum / looks;
  }
}
