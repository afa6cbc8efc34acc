package ai.kale.kg.path;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;
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
   * Makes fresh balls larger together, one expansion a step.
   *
   * @param passable those of some entities that are gone on from; centres always are
   * @return false if the budget cut it; then the balls are of no use
   */
  static boolean grow(
      Collection<Ball> balls, int steps, ArcTable arcs, UnaryOperator<int[]> passable) {
    for (int step = 0; step < steps; step++) {
      int[] border = balls.stream().flatMapToInt(Ball::border).distinct().toArray();
      int[] open = step == 0 ? border : passable.apply(border);
      if (!arcs.read(open)) {
        return false;
      }
      IntIndex goneOnFrom = IntIndex.of(open);
      balls.forEach(ball -> ball.grow(arcs, goneOnFrom));
    }
    return true;
  }

  boolean grow(int steps, ArcTable arcs, UnaryOperator<int[]> passable) {
    return grow(List.of(this), steps, arcs, passable);
  }

  private IntStream border() {
    int last = ends.length - 1;
    return IntStream.range(last == 0 ? 0 : ends[last - 1], ends[last]).map(reached::key);
  }

  private void grow(ArcTable arcs, IntIndex goneOnFrom) {
    for (int entity : border().filter(at -> goneOnFrom.find(at) >= 0).toArray()) {
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
