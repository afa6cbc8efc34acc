package ai.kale.kg.link;

import ai.kale.Direction;
import ai.kale.KnowledgeGraph;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Hops between each of some entities and each of some others: breadth-first from both sides in
 * turn, a level with one request, noting for each entity on the way which ends reach it. What a
 * level finds before the budget ends is not used, since it depends on the order of arcs. O(arcs ×
 * ends / 64).
 */
final class CandidateDistances {
  /** No path within the limits. */
  static final int NONE = Integer.MAX_VALUE;

  private final KnowledgeGraph graph;
  private final int[] sources;
  private final int[] targets;
  private final int[][] hops;
  private long arcsLeft;
  private boolean cut;

  CandidateDistances(
      KnowledgeGraph graph, int[] sources, int[] targets, int maxHops, long maxArcs) {
    this.graph = graph;
    this.sources = sources;
    this.targets = targets;
    this.arcsLeft = maxArcs;
    this.hops = new int[sources.length][targets.length];
    for (int[] row : hops) {
      Arrays.fill(row, NONE);
    }
    Side forward = new Side(sources);
    Side backward = new Side(targets);
    for (int length = 1; length <= maxHops && !cut; length++) {
      boolean fromSources = forward.frontier.length <= backward.frontier.length;
      Side grown = fromSources ? forward : backward;
      Map<Integer, BitSet> news = grow(grown);
      if (!cut) {
        meet(news, fromSources ? backward : forward, fromSources, length);
      }
    }
  }

  /** Entities reached from one side, with the ends that reach them. */
  private static final class Side {
    final Map<Integer, BitSet> reached = new HashMap<>();
    int[] frontier;

    Side(int[] ends) {
      frontier = ends;
      for (int i = 0; i < ends.length; i++) {
        bits(reached, ends[i]).set(i);
      }
    }
  }

  private static BitSet bits(Map<Integer, BitSet> map, int entity) {
    return map.computeIfAbsent(entity, e -> new BitSet());
  }

  /** One level more: the ends that newly reach each entity. */
  private Map<Integer, BitSet> grow(Side side) {
    int[] frontier = side.frontier;
    BitSet[] ends = new BitSet[frontier.length];
    Arrays.setAll(ends, i -> bits(side.reached, frontier[i]).clone());
    Map<Integer, BitSet> news = new HashMap<>();
    graph.expand(
        frontier,
        Direction.BOTH,
        (index, relation, inverse, neighbour, weight) -> {
          if (arcsLeft == 0) {
            cut = true;
            return false;
          }
          arcsLeft--;
          bits(news, neighbour).or(ends[index]);
          return true;
        });
    news.forEach((entity, reaching) -> reaching.andNot(bits(side.reached, entity)));
    news.values().removeIf(BitSet::isEmpty);
    news.forEach((entity, reaching) -> bits(side.reached, entity).or(reaching));
    side.frontier = news.keySet().stream().mapToInt(Integer::intValue).sorted().toArray();
    return news;
  }

  /** Where the sides meet anew, their ends are this many hops apart, unless they were nearer. */
  private void meet(Map<Integer, BitSet> news, Side other, boolean fromSources, int length) {
    news.forEach(
        (entity, reaching) -> {
          BitSet others = other.reached.get(entity);
          if (others != null) {
            reaching.stream()
                .forEach(
                    one ->
                        others.stream()
                            .forEach(
                                two -> {
                                  int source = fromSources ? one : two;
                                  int target = fromSources ? two : one;
                                  note(source, target, length);
                                }));
          }
        });
  }

  private void note(int source, int target, int length) {
    if (sources[source] != targets[target]) {
      hops[source][target] = Math.min(hops[source][target], length);
    }
  }

  /** Whether the budget ended before the limit of hops did. */
  boolean cut() {
    return cut;
  }

  /** Hops from a source to the nearest target, or {@link #NONE}. */
  int fromSource(int entity) {
    int source = indexOf(sources, entity);
    return Arrays.stream(hops[source]).min().orElse(NONE);
  }

  /** Hops from the nearest of some sources to a target, or {@link #NONE}. */
  int toTarget(int entity, Iterable<Integer> from) {
    int target = indexOf(targets, entity);
    int nearest = NONE;
    for (int source : from) {
      int index = indexOf(sources, source);
      nearest = index < 0 ? nearest : Math.min(nearest, hops[index][target]);
    }
    return nearest;
  }

  private static int indexOf(int[] values, int value) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] == value) {
        return i;
      }
    }
    return -1;
  }
}
