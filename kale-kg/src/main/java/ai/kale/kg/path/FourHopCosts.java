package ai.kale.kg.path;

import ai.kale.kg.graph.AdjacencyArrays;

/**
 * Estimates what each plan for four hops costs, in entries of a list read from end to end. Degrees
 * are summed on the side with fewer arcs; the other side only where that can change the choice.
 */
final class FourHopCosts {
  /** What can be done. */
  enum Plan {
    /** Walk from the source, join with the last hops. */
    DIRECT,
    /** Walks into the targets in a table, joined with the source's list. */
    BACK,
    /** Each list at the source joined with each list at the targets. */
    PAIRS,
    /** All walks into the targets in a table, two hops walked from the source. */
    TABLE,
    /** The same with a table of only those walks that two hops from the source reach. */
    TABLE_OF_REACHED
  }

  /** What putting a walk into the table costs. */
  private static final int ENTRY_COST = 8;

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
  private Plan plan = Plan.DIRECT;
  private long least = Long.MAX_VALUE;

  FourHopCosts(
      AdjacencyArrays arcs, TargetArcs lastHops, int source, int seek, boolean tableFilled) {
    this.arcs = arcs;
    this.lastHops = lastHops;
    this.source = source;
    this.seek = seek;
    int degree = arcs.degree(source);
    int last = lastHops.size();
    long atLeastFar = tableFilled ? 0 : (long) seek * last;
    if ((long) degree * last <= MOST_PAIRS) {
      considerPairs();
    }
    if (degree <= last) {
      long near = near(Long.MAX_VALUE);
      consider(Plan.DIRECT, near * (seek + joinOfSecond(last)));
      if (least > atLeastFar) {
        considerTables(near, tableFilled ? 0 : far(least), tableFilled);
      }
    } else {
      long far = far(Long.MAX_VALUE);
      long fill = tableFilled ? 0 : ENTRY_COST * far + atLeastFar;
      consider(Plan.BACK, fill + far * (seek + joinOfThird(degree)));
      if (least > (long) seek * degree) {
        long near = near(least);
        consider(Plan.DIRECT, near * (seek + joinOfSecond(last)));
        considerTables(near, tableFilled ? 0 : far, tableFilled);
      }
    }
  }

  private void considerPairs() {
    long sum = 0;
    int end = arcs.arcEnd(source);
    for (int arc = arcs.arcStart(source); arc < end && sum < least; arc++) {
      int first = arcs.neighbour(arc);
      int length = arcs.degree(first);
      for (int place = lastHops.from(); place < lastHops.to(); place++) {
        int third = lastHops.entity(place);
        sum += third == first ? 1 : seek + SortedJoin.cost(length, arcs.degree(third));
      }
    }
    consider(Plan.PAIRS, sum);
  }

  private void considerTables(long near, long far, boolean tableFilled) {
    long walk = near + (long) seek * arcs.degree(source);
    long ends = (long) seek * lastHops.size();
    if (tableFilled) {
      consider(Plan.TABLE, walk);
    } else {
      consider(Plan.TABLE, ENTRY_COST * far + ends + walk);
      consider(Plan.TABLE_OF_REACHED, MARK_COST * near + walk + ends + far + walk);
    }
  }

  private void consider(Plan other, long cost) {
    if (cost < least) {
      least = cost;
      plan = other;
    }
  }

  /** The cheapest plan. */
  Plan plan() {
    return plan;
  }

  /** What it costs. */
  long least() {
    return least;
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
    for (int place = lastHops.from(); place < lastHops.to() && sum < enough; place++) {
      sum += arcs.degree(lastHops.entity(place));
    }
    return sum;
  }

  /** What joining the list of an entity two hops from the source with a list costs on average. */
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
      sum += SortedJoin.cost(arcs.degree(middle), length);
    }
    return looks == 0 ? 0 : sum / looks;
  }
}
