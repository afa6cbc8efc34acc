package ai.kale.kg.path;

import ai.kale.kg.graph.AdjacencyArrays;
import org.jspecify.annotations.Nullable;

/**
 * The entities that one adjacency list shares with another sorted list, in rising order, by
 * galloping in both (Bentley and Yao's unbounded search): O(short list * log(long / short)).
 *
 * <p>After {@link #next} the fields tell the entity and, in both lists, the run of equal ones.
 */
final class SortedJoin {
  /** What a step of a join costs, in entries of a list that is read from end to end. */
  static final int STEP_COST = 5;

  private final AdjacencyArrays arcs;
  private int a;
  private int aEnd;
  private int b;
  private int bEnd;

  /** The second list; without it that is an adjacency list too. */
  private int @Nullable [] keys;

  private int looked;

  int entity;
  int run;
  int runEnd;
  int otherRun;

  SortedJoin(AdjacencyArrays arcs) {
    this.arcs = arcs;
  }

  /**
   * Begins.
   *
   * @param entity whose adjacency list is the first
   * @param otherKeys sorted entities, or null for positions in the graph's arcs
   * @param from first position in the second list
   * @param to position after the last
   */
  void begin(int entity, int @Nullable [] otherKeys, int from, int to) {
    a = arcs.arcStart(entity);
    aEnd = arcs.arcEnd(entity);
    keys = otherKeys;
    b = from;
    bEnd = to;
  }

  private int other(int position) {
    return keys == null ? arcs.neighbour(position) : keys[position];
  }

  /** Goes to the next common entity; false if there is none. */
  boolean next() {
    int x = a;
    int y = b;
    looked++;
    if (x >= aEnd || y >= bEnd) {
      return false;
    }
    int left = arcs.neighbour(x);
    int right = other(y);
    while (left != right) {
      if (left < right) {
        x = gallop(x, right);
        if (x >= aEnd) {
          a = x;
          return false;
        }
        left = arcs.neighbour(x);
      } else {
        y = gallopOther(y, left);
        if (y >= bEnd) {
          a = aEnd;
          return false;
        }
        right = other(y);
      }
    }
    entity = left;
    run = x;
    do {
      x++;
    } while (x < aEnd && arcs.neighbour(x) == left);
    runEnd = x;
    otherRun = y;
    do {
      y++;
    } while (y < bEnd && other(y) == left);
    a = x;
    b = y;
    return true;
  }

  private int gallop(int from, int value) {
    int low = from + 1;
    int begin = low;
    int step = 1;
    while (low < aEnd && arcs.neighbour(low) < value) {
      looked += 2;
      begin = low + 1;
      low += Math.min(step, aEnd - low);
      step <<= 1;
    }
    looked++;
    return firstNotBelow(arcs, begin, Math.min(low, aEnd), value);
  }

  private int gallopOther(int from, int value) {
    int low = from + 1;
    int begin = low;
    int step = 1;
    while (low < bEnd && other(low) < value) {
      looked += 2;
      begin = low + 1;
      low += Math.min(step, bEnd - low);
      step <<= 1;
    }
    looked++;
    int end = Math.min(low, bEnd);
    while (begin < end) {
      int middle = (begin + end) >>> 1;
      if (other(middle) < value) {
        begin = middle + 1;
      } else {
        end = middle;
      }
    }
    return begin;
  }

  /** Entries looked at since this was last asked. */
  int takeLooked() {
    int since = looked;
    looked = 0;
    return since;
  }

  /** The first position whose neighbour is not below a value. */
  static int firstNotBelow(AdjacencyArrays arcs, int from, int to, int value) {
    int lo = from;
    int hi = to;
    while (lo < hi) {
      int mid = (lo + hi) >>> 1;
      if (arcs.neighbour(mid) < value) {
        lo = mid + 1;
      } else {
        hi = mid;
      }
    }
    return lo;
  }

  /** What joining lists of these lengths costs, in entries of a list read from end to end. */
  static long cost(int one, int other) {
    int few = Math.min(one, other);
    int many = Math.max(one, other);
    if (few == 0) {
      return STEP_COST;
    }
    long gallop = (long) few * (34 - Integer.numberOfLeadingZeros(many / few));
    return STEP_COST * Math.min(gallop, (long) few + many);
  }
}
