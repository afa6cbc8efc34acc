package ai.kale.kg.path;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.Direction;
import ai.kale.HubPolicy;
import ai.kale.KnowledgeGraph;
import ai.kale.PathFilter;
import ai.kale.PathQuery;
import ai.kale.kg.TestGraphs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The bound loses no path, whatever the direction, the filter and the parameters. */
class AnchorDistancesTest {
  private static final int FAR = 1_000;

  /** An arc that a path may use. */
  private record Arc(int from, int to) {}

  /** The arcs from where a path may be to where it may go on, or end. */
  private static List<Arc> arcs(KnowledgeGraph graph, PathQuery query, IntPredicate passable) {
    List<Arc> arcs = new ArrayList<>();
    IntIndex sources = IntIndex.of(query.sources());
    IntIndex targets = IntIndex.of(query.targets());
    graph.expand(
        IntStream.range(0, graph.entityCount()).toArray(),
        query.direction(),
        (from, relation, inverse, to, weight) -> {
          boolean begins = sources.find(from) >= 0 || passable.test(from);
          boolean goesOn = targets.find(to) >= 0 || sources.find(to) >= 0 || passable.test(to);
          if (begins && goesOn && query.filter().allowsRelation(graph.relationId(relation))) {
            arcs.add(new Arc(from, to));
          }
          return true;
        });
    return arcs;
  }

  /** True distances to the nearest target, by relaxing all arcs until nothing changes. */
  private static int[] distances(KnowledgeGraph graph, List<Arc> arcs, int[] targets) {
    int[] distance = new int[graph.entityCount()];
    Arrays.fill(distance, FAR);
    IntStream.of(targets).forEach(target -> distance[target] = 0);
    for (int round = 0; round < distance.length; round++) {
      for (Arc arc : arcs) {
        distance[arc.from] = Math.min(distance[arc.from], 1 + distance[arc.to]);
      }
    }
    return distance;
  }

  @Property(tries = 300, seed = "20261122")
  void theBoundIsConsistentAndNeverTooHigh(
      @ForAll long seed,
      @ForAll Direction direction,
      @ForAll @IntRange(max = 2) int filtered,
      @ForAll boolean twoSided,
      @ForAll @IntRange(min = 1, max = 3) int targetCount,
      @ForAll @IntRange(min = 0, max = 6) int anchors,
      @ForAll @IntRange(min = 1, max = 3) int neighbourhood,
      @ForAll @IntRange(min = 1, max = 4) int steps) {
    KnowledgeGraph graph = TestGraphs.of(RandomTriples.of(seed, 25, 40, true));
    int[] targets = IntStream.range(5, 5 + targetCount).toArray();
    PathFilter noHubs =
        PathFilter.NONE
            .excludeEntities(List.of(graph.entityId(8), graph.entityId(5)))
            .withHubs(HubPolicy.skipAbove(4));
    PathQuery query =
        PathQuery.between(new int[] {0, 1}, targets)
            .withDirection(direction)
            .withFilter(
                List.of(PathFilter.NONE, PathFilter.NONE.denyRelations(List.of("r0")), noHubs)
                    .get(filtered));
    AStarSearch search =
        new AStarSearch(
            graph,
            query,
            new AStarPathExtractor.Settings(anchors, neighbourhood, steps, seed, twoSided));
    search.run();
    AnchorDistances bound = search.distances();
    IntPredicate passable =
        at -> filtered < 2 || (graph.degrees(new int[] {at})[0] <= 4 && at != 8 && at != 5);
    List<Arc> arcs = arcs(graph, query, passable);
    int[] distance = distances(graph, arcs, targets);
    for (int entity = 0; entity < distance.length; entity++) {
      if (entity < 2 || passable.test(entity)) {
        int near = Math.min(distance[entity], steps + 1);
        assertThat(bound.hops(entity)).isBetween(twoSided ? near : 0, near);
      }
    }
    assertThat(IntStream.of(targets).map(bound::hops)).containsOnly(0);
    assertThat(arcs).allMatch(arc -> bound.isConsistent(arc.from, arc.to));
  }

  /** By hand: the anchor x is one hop before s, and t is two behind it. */
  @Example
  void anAnchorBeyondTheSourceSaysHowFarTheTargetIs() {
    KnowledgeGraph graph = TestGraphs.of("x r s", "s r m", "m r t", "t r back");
    int[] handles = RandomTriples.handles(graph, "x", "s", "m", "t", "back");
    PathQuery query =
        PathQuery.between(new int[] {handles[1]}, new int[] {handles[3]})
            .withDirection(Direction.FORWARD);
    SearchBudget budget = new SearchBudget(query);
    ArcTable arcs = new ArcTable(graph, Direction.FORWARD, label -> true, budget);
    Ball fromX = new Ball(handles[0]);
    assertThat(fromX.grow(3, arcs, all -> all)).isTrue();
    AnchorDistances bound = AnchorDistances.fromAnchors(List.of(fromX), query.targets());
    assertThat(IntStream.of(handles).map(bound::hops)).containsExactly(3, 2, 1, 0, 0);
    assertThat(arcs.expansions()).isEqualTo(3);
    assertThat(AnchorDistances.none().hops(handles[0])).isZero();
  }

  /** With infinity for what is not reached, this anchor would say that s never reaches t. */
  @Example
  void anAnchorThatDoesNotReachTheTargetSaysNoMoreThanItKnows() {
    KnowledgeGraph graph = TestGraphs.of("a r s", "s r p", "p r q", "q r t");
    int[] handles = RandomTriples.handles(graph, "a", "s", "t");
    PathQuery query =
        PathQuery.between(new int[] {handles[1]}, new int[] {handles[2]})
            .withDirection(Direction.FORWARD);
    ArcTable arcs = new ArcTable(graph, Direction.FORWARD, label -> true, new SearchBudget(query));
    Ball fromA = new Ball(handles[0]);
    assertThat(fromA.grow(2, arcs, all -> all)).isTrue();
    assertThat(fromA.distance(handles[2])).isEqualTo(3);
    assertThat(AnchorDistances.fromAnchors(List.of(fromA), query.targets()).hops(handles[1]))
        .isEqualTo(2);
    assertThat(new AStarPathExtractor().withSteps(2).extract(graph, query).paths()).hasSize(1);
  }

  @Example
  void theDrawDependsOnSeedAndIdsAlone() {
    List<String[]> rows = RandomTriples.of(7, 50, 120, false);
    List<List<String>> drawn = new ArrayList<>();
    for (KnowledgeGraph graph : List.of(TestGraphs.of(rows), RandomTriples.shuffled(rows, 3))) {
      int[] ends = RandomTriples.handles(graph, "e1", "e2");
      PathQuery query = PathQuery.between(new int[] {ends[0]}, new int[] {ends[1]});
      for (int seed = 0; seed < 2; seed++) {
        int[] anchors =
            new Anchors(graph, query, seed)
                .draw(IntStream.range(0, graph.entityCount()).toArray(), 5);
        drawn.add(IntStream.of(anchors).mapToObj(graph::entityId).sorted().toList());
      }
    }
    assertThat(drawn.get(0)).hasSize(5).isEqualTo(drawn.get(2)).isNotEqualTo(drawn.get(1));
    assertThat(drawn.get(1)).isEqualTo(drawn.get(3));
  }
}
