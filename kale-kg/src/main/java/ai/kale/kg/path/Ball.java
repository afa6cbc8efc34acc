package ai.kale.kg.path;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The entities within some hops of a centre, with their distances: they are numbered as they are
 * reached, so a distance is which stretch of numbers an entity is in.
 */
final class Ball {
  private final IntIndex reached;
  private int[] ends;

  Ball(int... centre) {
    reached = IntIndex.of(centre);
    ends = new int[] {reached.size()};
  }

  /**
   * Makes balls larger together, one expansion a step.
   *
   * @return false if the budget cut it; then the balls are of no use
   */
  static boolean grow(Collection<Ball> balls, int steps, ArcTable arcs) {
    for (int step = 0; step < steps; step++) {
      if (!arcs.read(balls.stream().flatMapToInt(Ball::border).toArray())) {
        return false;
      }
      balls.forEach(ball -> ball.grow(arcs));
    }
    return true;
  }

  boolean grow(int steps, ArcTable arcs) {
    return grow(List.of(this), steps, arcs);
  }

  private IntStream border() {
    int last = ends.length - 1;
    return IntStream.range(last == 0 ? 0 : ends[last - 1], ends[last]).map(reached::key);
  }

  private void grow(ArcTable arcs) {
    for (int entity : border().toArray()) {
      int end = arcs.to(entity);
      for (int arc = arcs.from(entity); arc < end; arc++) {
        reached.add(arcs.neighbour(arc));
      }
    }
    ends = Arrays.copyOf(ends, ends.length + 1);
    ends[ends.length - 1] = reached.size();
  }

  /** Hops from the centre; one more than it was grown for entities that were not reached. */
  int distance(int entity) {
    int number = reached.find(entity);
    if (number < 0) {
      return ends.length;
    }
    int distance = 0;
    while (number >= ends[distance]) {
      distance++;
    }
    return distance;
  }

  /** The entities reached, the centre left out. */
  IntStream aroundCentre() {
    return IntStream.range(ends[0], reached.size()).map(reached::key);
  }
}
