package ai.kale.kg.path;

import java.util.Arrays;
import java.util.List;

/**
 * The heuristic of {@link AStarPathExtractor}: a lower bound of the hops from an entity to the
 * nearest target, from the distances of few anchors. For one search, in one thread.
 */
final class AnchorDistances {
  private final List<Ball> balls;
  private final boolean around;
  private final int[][] toTargets;
  private final IntIndex known = new IntIndex(16);
  private int[] bounds = new int[16];

  private AnchorDistances(List<Ball> balls, boolean around, int[] targets) {
    this.balls = balls;
    this.around = around;
    toTargets = new int[targets.length][balls.size()];
    for (int t = 0; t < targets.length; t++) {
      for (int i = 0; i < balls.size(); i++) {
        toTargets[t][i] = balls.get(i).distance(targets[t]);
      }
    }
  }

  /** Without anchors: 0 everywhere. */
  static AnchorDistances none() {
    return new AnchorDistances(List.of(), false, new int[1]);
  }

  /**
   * The paper's: {@code min over targets t of max over anchors a of [d(a,t) - d(a,e)]+}.
   *
   * @param balls for each anchor what it reaches by the arcs a path may use, in their direction
   * @param targets at least one
   */
  static AnchorDistances fromAnchors(List<Ball> balls, int[] targets) {
    return new AnchorDistances(balls, false, targets);
  }

  /**
   * With the targets as the anchors: {@code min(d(e,T), B + 1)}.
   *
   * @param ball what reaches a target by the arcs a path may use
   */
  static AnchorDistances toTargets(Ball ball) {
    return new AnchorDistances(List.of(ball), true, new int[0]);
  }

  /** A lower bound of the hops from an entity to the nearest target: 0 at a target. */
  int hops(int entity) {
    int number = known.find(entity);
    if (number < 0) {
      number = known.size();
      known.add(entity);
      if (number == bounds.length) {
        bounds = Arrays.copyOf(bounds, 2 * number);
      }
      bounds[number] = bound(entity);
    }
    return bounds[number];
  }

  private int bound(int entity) {
    if (around) {
      return balls.get(0).distance(entity);
    }
    int[] here = balls.stream().mapToInt(ball -> ball.distance(entity)).toArray();
    int least = Integer.MAX_VALUE;
    for (int[] there : toTargets) {
      int most = 0;
      for (int i = 0; i < here.length; i++) {
        most = Math.max(most, there[i] - here[i]);
      }
      least = Math.min(least, most);
    }
    return least;
  }

  /** Whether the bound falls by no more than one hop over an arc that a path may use. */
  boolean isConsistent(int from, int to) {
    return hops(from) <= 1 + hops(to);
  }

  /** Number of anchors; the targets together count as one. */
  int anchors() {
    return balls.size();
  }
}
