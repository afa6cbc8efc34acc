package ai.kale.kg.path;

import ai.kale.kg.graph.AdjacencyArrays;

/**
 * Estimates what each plan for three hops costs. Degrees are summed on the side with fewer arcs;
 * the other side only until it cannot change the choice.
 */
final class ThreeHopCosts {
  /** What marking a last hop and taking the mark away costs. */
  private static final int MARK_COST = 2;

  private final AdjacencyArrays arcs;
  private final TargetArcs lastHops;
  private final int source;
  private final int seek;
  private JoinEstimate best = new JoinEstimate(JoinPlan.DIRECT, Long.MAX_VALUE);

  ThreeHopCosts(AdjacencyArrays arcs, TargetArcs lastHops, int source, int seek) {
    this.arcs = arcs;
    this.lastHops = lastHops;
    this.source = source;
    this.seek = seek;
    int degree = arcs.degree(source);
    int last = lastHops.size();
    if (degree < last) {
      forward(degree, last);
      if (best.cost() > (long) seek * last) {
        back(degree);
      }
    } else {
      back(degree);
      forward(degree, last);
    }
  }

  /** The cheapest plan. */
  JoinEstimate best() {
    return best;
  }

  private void forward(int degree, int last) {
    long joins = 0;
    long volume = 0;
    int end = arcs.arcEnd(source);
    for (int arc = end - degree; arc < end; arc++) {
      int first = arcs.degree(arcs.neighbour(arc));
      joins += seek + SortedJoin.cost(first, last);
      volume += seek + first;
      if (Math.min(joins, volume) > best.cost()) {
        return;
      }
    }
    best = best.or(JoinPlan.DIRECT, joins).or(JoinPlan.MARKED, MARK_COST * (long) last + volume);
  }

  private void back(int degree) {
    long sum = 0;
    int to = lastHops.to();
    for (int place = lastHops.from(); place < to; place = lastHops.runEnd(place)) {
      sum += 2L * seek + SortedJoin.cost(arcs.degree(lastHops.entity(place)), degree);
      if (sum > best.cost()) {
        return;
      }
    }
    best = best.or(JoinPlan.BACK, sum);
  }
}
