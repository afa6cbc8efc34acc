package ai.kale.testing;

import ai.kale.ArcVisitor;
import ai.kale.Direction;
import ai.kale.GraphCapability;
import ai.kale.TripleVisitor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** Graphs with one mistake each, and the test of the contract that has to notice. */
final class WrongGraphs {
  /**
   * A mistake.
   *
   * @param mistake what is wrong
   * @param test the test that notices
   * @param make makes the wrong graph
   */
  record Wrong(String mistake, String test, Function<List<String[]>, ModelGraph> make) {}

  private WrongGraphs() {}

  /** All mistakes, those of looking up first. */
  static List<Wrong> all() {
    return Stream.concat(WrongLookups.ALL.stream(), OTHERS.stream()).toList();
  }

  private static final List<Wrong> OTHERS =
      List.of(
          new Wrong(
              "no self loops",
              "arcsAreThoseOfTheTriples",
              rows -> new Filtered(rows, (at, neighbour) -> at != neighbour)),
          new Wrong(
              "loops only",
              "loopsDuplicatesAndParallelArcs",
              rows -> new Filtered(rows, (at, neighbour) -> at == neighbour)),
          new Wrong(
              "triples of the first",
              "triplesAreAllOrRefused",
              rows ->
                  new ModelGraph(rows, false) {
                    @Override
                    public void triples(TripleVisitor visitor) {
                      expand(
                          0,
                          Direction.FORWARD,
                          (i, r, inverse, n, w) -> visitor.triple(0, r, n, w));
                    }
                  }),
          new Wrong(
              "triples without enumeration",
              "triplesAreAllOrRefused",
              rows ->
                  new ModelGraph(rows, true) {
                    @Override
                    public void triples(TripleVisitor visitor) {
                      // Reports what it happens to know: nothing.
                    }
                  }),
          new Wrong(
              "triples never stop",
              "aVisitorOfTriplesCanStop",
              rows ->
                  new ModelGraph(rows, false) {
                    @Override
                    public void triples(TripleVisitor visitor) {
                      super.triples(
                          (s, r, o, w) -> {
                            visitor.triple(s, r, o, w);
                            return true;
                          });
                    }
                  }),
          new Wrong(
              "repeated entities merged",
              "aFrontierIsItsEntitiesOneByOne",
              rows ->
                  new ModelGraph(rows, false) {
                    @Override
                    public void expand(int[] frontier, Direction direction, ArcVisitor visitor) {
                      Set<Integer> distinct = new LinkedHashSet<>();
                      Arrays.stream(frontier).forEach(distinct::add);
                      super.expand(
                          distinct.stream().mapToInt(Integer::intValue).toArray(),
                          direction,
                          visitor);
                    }
                  }),
          new Wrong(
              "frontier cut at a hundred",
              "aFrontierMayHoldHundreds",
              rows ->
                  new ModelGraph(rows, false) {
                    @Override
                    public void expand(int[] frontier, Direction direction, ArcVisitor visitor) {
                      super.expand(
                          Arrays.copyOf(frontier, Math.min(100, frontier.length)),
                          direction,
                          visitor);
                    }
                  }),
          new Wrong(
              "a loop counts once",
              "degreesAreTheNumbersOfArcs",
              rows ->
                  new ModelGraph(rows, false) {
                    @Override
                    public int[] degrees(int[] handles) {
                      int[] degrees = super.degrees(handles);
                      for (int i = 0; i < degrees.length; i++) {
                        int at = i;
                        expand(
                            handles[i],
                            Direction.FORWARD,
                            (index, r, inverse, n, w) -> {
                              degrees[at] -= n == handles[at] ? 1 : 0;
                              return true;
                            });
                      }
                      return degrees;
                    }
                  }),
          new Wrong(
              "degrees of each only once",
              "degreesAreTheNumbersOfArcs",
              rows ->
                  new ModelGraph(rows, false) {
                    @Override
                    public int[] degrees(int[] handles) {
                      return super.degrees(Arrays.stream(handles).distinct().toArray());
                    }
                  }),
          new Wrong(
              "never stops",
              "aVisitorCanStop",
              rows ->
                  new ModelGraph(rows, false) {
                    @Override
                    public void expand(int[] frontier, Direction direction, ArcVisitor visitor) {
                      super.expand(
                          frontier,
                          direction,
                          (i, r, v, n, w) -> {
                            visitor.arc(i, r, v, n, w);
                            return true;
                          });
                    }
                  }),
          new Wrong(
              "swallows what is thrown",
              "whatAVisitorThrowsReachesTheCaller",
              rows ->
                  new ModelGraph(rows, false) {
                    @Override
                    public void expand(int[] frontier, Direction direction, ArcVisitor visitor) {
                      try {
                        super.expand(frontier, direction, visitor);
                      } catch (RuntimeException e) {
                        throw new IllegalStateException("the store answered wrongly", e);
                      }
                    }
                  }),
          new Wrong(
              "counts one too many",
              "enumerationMeansAllAndNoMore",
              rows ->
                  new ModelGraph(rows, false) {
                    @Override
                    public int entityCount() {
                      return super.entityCount() + 1;
                    }
                  }),
          new Wrong(
              "half a weight", "withoutWeightsEachIsOne", rows -> new Weighing(rows, w -> w / 2)),
          new Wrong(
              "forgets weights",
              "weightsAreThoseOfTheTriplesTheHighestOfDuplicates",
              rows -> new Weighing(rows, w -> 1f)),
          new Wrong(
              "first of duplicates",
              "weightsAreThoseOfTheTriplesTheHighestOfDuplicates",
              rows -> {
                Set<List<String>> seen = new HashSet<>();
                return new ModelGraph(
                    rows.stream().filter(row -> seen.add(List.of(row).subList(0, 3))).toList(),
                    false);
              }),
          new Wrong(
              "hash of the order",
              "theSnapshotNamesTheContent",
              rows ->
                  new ModelGraph(rows, false) {
                    @Override
                    public String snapshot() {
                      return super.snapshot().substring(0, 63)
                          + String.format("%08x", rows.get(0)[0].hashCode());
                    }
                  }),
          new Wrong(
              "hash without the capability",
              "theSnapshotNamesTheContent",
              rows ->
                  new ModelGraph(rows, false) {
                    @Override
                    public Set<GraphCapability> capabilities() {
                      Set<GraphCapability> all = new TreeSet<>(super.capabilities());
                      all.remove(GraphCapability.CONTENT_HASH);
                      return all;
                    }
                  }),
          new Wrong(
              "one reader only",
              "severalThreadsMayRead",
              rows ->
                  new ModelGraph(rows, false) {
                    private final long owner = Thread.currentThread().getId();

                    @Override
                    public void expand(int[] frontier, Direction direction, ArcVisitor visitor) {
                      if (Thread.currentThread().getId() == owner) {
                        super.expand(frontier, direction, visitor);
                      }
                    }
                  }),
          new Wrong(
              "handles of each thread",
              "firstLookupsByManyThreadsGiveTheSameHandles",
              rows ->
                  new ModelGraph(rows, false) {
                    private final ThreadLocal<Map<String, Integer>> own =
                        ThreadLocal.withInitial(HashMap::new);

                    @Override
                    public int[] entities(List<String> ids) {
                      Map<String, Integer> issued = own.get();
                      return ids.stream()
                          .mapToInt(id -> issued.computeIfAbsent(id, added -> issued.size()))
                          .toArray();
                    }
                  }),
          new Wrong(
              "an error of the store once it is closed",
              "closingWhileOthersReadIsRightOrRefused",
              rows ->
                  new ModelGraph(rows, false) {
                    @Override
                    public int[] entities(List<String> ids) {
                      try {
                        return super.entities(ids);
                      } catch (IllegalStateException e) {
                        throw new UnsupportedOperationException("connection pool shut down", e);
                      }
                    }
                  }),
          new Wrong(
              "half an answer once it is closed",
              "closingWhileOthersReadIsRightOrRefused",
              rows ->
                  new ModelGraph(rows, false) {
                    @Override
                    public List<String> labels(int[] handles) {
                      try {
                        return super.labels(handles);
                      } catch (IllegalStateException e) {
                        return List.of();
                      }
                    }

                    @Override
                    public int[] entities(List<String> ids) {
                      try {
                        return super.entities(ids);
                      } catch (IllegalStateException e) {
                        return new int[ids.size()];
                      }
                    }
                  }),
          new Wrong(
              "labels after closing",
              "aClosedGraphRefuses",
              rows ->
                  new ModelGraph(rows, false) {
                    @Override
                    public String label(int entity) {
                      return "e" + entity;
                    }
                  }),
          new Wrong(
              "triples after closing",
              "aClosedGraphRefuses",
              rows ->
                  new ModelGraph(rows, false) {
                    @Override
                    public void triples(TripleVisitor visitor) {
                      visitor.triple(0, 0, 0, 1);
                    }
                  }));

  private interface Kept {
    boolean test(int at, int neighbour);
  }

  /** Leaves some arcs out. */
  private static final class Filtered extends ModelGraph {
    private final Kept kept;

    Filtered(List<String[]> rows, Kept kept) {
      super(rows, false);
      this.kept = kept;
    }

    @Override
    public void expand(int[] frontier, Direction direction, ArcVisitor visitor) {
      super.expand(
          frontier,
          direction,
          (i, r, v, n, w) -> !kept.test(frontier[i], n) || visitor.arc(i, r, v, n, w));
    }
  }

  /** Changes weights. */
  private static final class Weighing extends ModelGraph {
    private final Function<Float, Float> change;

    Weighing(List<String[]> rows, Function<Float, Float> change) {
      super(rows, false);
      this.change = change;
    }

    @Override
    public void expand(int[] frontier, Direction direction, ArcVisitor visitor) {
      super.expand(
          frontier, direction, (i, r, v, n, w) -> visitor.arc(i, r, v, n, change.apply(w)));
    }
  }
}
