package ai.kale.kg.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.ArcVisitor;
import ai.kale.Direction;
import ai.kale.HubPolicy;
import ai.kale.KnowledgeGraph;
import ai.kale.PathFilter;
import ai.kale.PathMode;
import ai.kale.PathQuery;
import ai.kale.PathResult;
import ai.kale.PathScorer;
import ai.kale.data.PathReport;
import ai.kale.error.OperationCancelledException;
import ai.kale.kg.TestGraphs;
import ai.kale.kg.graph.ForwardingKnowledgeGraph;
import ai.kale.kg.jgrapht.JGraphTGraphs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class AStarPathExtractorTest {
  private static final AStarPathExtractor PAPER = new AStarPathExtractor();
  private static final AStarPathExtractor TWO_SIDED = PAPER.withTwoSided(true);

  private static PathQuery query(KnowledgeGraph graph, String... ends) {
    int[] handles = RandomTriples.handles(graph, ends);
    return PathQuery.between(new int[] {handles[0]}, Arrays.copyOfRange(handles, 1, handles.length))
        .withMaxPaths(1_000_000);
  }

  @Property(tries = 40, seed = "20261122")
  void answerAndWorkAreTheSameOnEveryBackend(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int most) {
    List<String[]> rows = RandomTriples.of(seed, 20, 60, true);
    AStarPathExtractor extractor = PAPER.withSeed(seed).withAnchors(3);
    List<AStarTrace> traces = new ArrayList<>();
    List<List<String>> texts = new ArrayList<>();
    for (KnowledgeGraph graph :
        List.of(
            TestGraphs.of(rows), RandomTriples.shuffled(rows, seed), JGraphTGraphs.wrap(rows))) {
      AStarTrace trace =
          extractor.trace(
              graph,
              query(graph, rows.get(0)[0], "e1", "e2")
                  .withMaxPaths(most)
                  .withFilter(PathFilter.NONE.withHubs(HubPolicy.sampleAbove(6, seed))));
      traces.add(trace);
      texts.add(
          KnowledgePaths.resolve(graph, trace.result().paths()).stream()
              .map(path -> path.source().id() + path.signature() + path.bridges() + path.target())
              .toList());
    }
    for (int i = 1; i < traces.size(); i++) {
      assertThat(texts.get(i)).isEqualTo(texts.get(0));
      assertThat(traces.get(i).expansions()).isEqualTo(traces.get(0).expansions());
      assertThat(traces.get(i).anchors()).isEqualTo(traces.get(0).anchors());
      assertThat(traces.get(i).roundTrips()).isEqualTo(traces.get(0).roundTrips());
      assertThat(traces.get(i).result().report()).isEqualTo(traces.get(0).result().report());
    }
  }

  @Property(tries = 60, seed = "20261122")
  void isBreadthFirstSearchWithLessWork(
      @ForAll long seed,
      @ForAll Direction direction,
      @ForAll PathMode mode,
      @ForAll @IntRange(min = 1, max = 4) int hops,
      @ForAll @IntRange(min = 1, max = 30) int most) {
    KnowledgeGraph graph = TestGraphs.of(RandomTriples.of(seed, 30, 70, true));
    PathQuery query =
        query(graph, graph.entityId(3), graph.entityId(7), graph.entityId(0))
            .withDirection(direction)
            .withMode(mode)
            .withMaxHops(hops)
            .withMaxPaths(most)
            .withRelationCosts(Map.of("r1", 0.3))
            .withScorer(PathScorer.specificity())
            .withFilter(PathFilter.NONE.withHubs(HubPolicy.sampleAbove(9, seed)));
    PathResult expected = new BruteForcePathExtractor().extract(graph, query);
    long blind = PAPER.withAnchors(0).trace(graph, query).expansions();
    for (AStarPathExtractor extractor :
        List.of(PAPER, PAPER.withAnchors(9).withNeighbourhood(1).withSteps(1), TWO_SIDED)) {
      AStarTrace trace = extractor.trace(graph, query);
      assertThat(trace.result().paths()).isEqualTo(expected.paths());
      assertThat(trace.result().scores()).isEqualTo(expected.scores());
      assertThat(trace.result().report().cut()).isEqualTo(expected.report().cut());
      assertThat(trace.expansions()).isLessThanOrEqualTo(blind);
    }
  }

  @Example
  void targetsAsAnchorsLeaveOnlyWhatLeadsThere() {
    KnowledgeGraph graph = TestGraphs.of(RandomTriples.of(1, 300, 900, false));
    PathQuery query = query(graph, graph.entityId(20), graph.entityId(30));
    long blind = PAPER.withAnchors(0).trace(graph, query).expansions();
    assertThat(PAPER.trace(graph, query).result().paths()).isNotEmpty();
    assertThat(TWO_SIDED.trace(graph, query).expansions()).isLessThan(blind / 3);
    PathQuery longer = query.withMaxHops(4);
    long few = PAPER.trace(graph, longer.withMaxPaths(1)).expansions();
    assertThat(few).isLessThan(PAPER.trace(graph, longer).expansions());
  }

  /** What the documentation says of it: an anchor seldom tells anything. */
  @Example
  void thePapersBoundHardlyPrunes() {
    KnowledgeGraph graph = TestGraphs.of(RandomTriples.of(1, 300, 900, false));
    long blind = 0;
    long paper = 0;
    for (int i = 0; i < 20; i++) {
      PathQuery query =
          PathQuery.between(new int[] {10 + i}, new int[] {200 + i}).withMaxPaths(1_000_000);
      blind += PAPER.withAnchors(0).trace(graph, query).expansions();
      paper += PAPER.trace(graph, query).expansions();
    }
    assertThat(paper).isBetween(blind * 95 / 100, blind - 1);
  }

  /** A graph that counts how it is asked. */
  private static final class Counting extends ForwardingKnowledgeGraph {
    private final KnowledgeGraph graph;
    private int expansions;
    private int degreeCalls;
    private final List<Integer> forward = new ArrayList<>();
    private final List<Integer> backward = new ArrayList<>();
    private int interruptAt = Integer.MAX_VALUE;

    Counting(KnowledgeGraph graph) {
      super(graph);
      this.graph = graph;
    }

    @Override
    public void expand(int[] frontier, Direction direction, ArcVisitor visitor) {
      if (++expansions == interruptAt) {
        Thread.currentThread().interrupt();
        throw new OperationCancelledException("the store was interrupted");
      }
      for (int entity : frontier) {
        (direction.includesForward() ? forward : backward).add(entity);
      }
      super.expand(frontier, direction, visitor);
    }

    @Override
    public int[] degrees(int[] entities) {
      degreeCalls++;
      return graph.degrees(entities);
    }
  }

  @Property(tries = 40, seed = "20261122")
  void aStoreIsAskedAFewTimesAndForNothingTwice(
      @ForAll long seed,
      @ForAll Direction direction,
      @ForAll @IntRange(min = 1, max = 4) int hops) {
    KnowledgeGraph local = TestGraphs.of(RandomTriples.of(seed, 40, 100, true));
    for (AStarPathExtractor extractor : List.of(PAPER, TWO_SIDED, PAPER.withAnchors(0))) {
      Counting store = new Counting(local);
      PathQuery query =
          query(store, local.entityId(1), local.entityId(2))
              .withDirection(direction)
              .withMaxHops(hops)
              .withScorer(PathScorer.specificity())
              .withFilter(PathFilter.NONE.withHubs(HubPolicy.skipAbove(30)));
      AStarTrace trace = extractor.trace(store, query);
      int before = extractor.id().contains("k=0") ? 0 : extractor == PAPER ? 2 + 3 : 3;
      assertThat(store.expansions).isEqualTo(trace.roundTrips()).isBetween(1, before + hops);
      assertThat(store.degreeCalls).isLessThanOrEqualTo(before + 2 * hops);
      assertThat(store.forward).doesNotHaveDuplicates();
      assertThat(store.backward).doesNotHaveDuplicates();
    }
  }

  @Property(tries = 40, seed = "20261122")
  void breadthFirstSearchAsksOnceForEachHop(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int hops) {
    Counting store = new Counting(TestGraphs.of(RandomTriples.of(seed, 40, 100, true)));
    PathQuery query = query(store, store.entityId(1), store.entityId(2)).withMaxHops(hops);
    new BruteForcePathExtractor().extract(store, query);
    assertThat(store.expansions).isBetween(1, hops);
    assertThat(store.degreeCalls).isZero();
    PathQuery careful = query.withFilter(PathFilter.NONE.withHubs(HubPolicy.skipAbove(30)));
    new BruteForcePathExtractor().extract(store, careful);
    assertThat(store.degreeCalls).isLessThan(hops);
    assertThat(store.expansions).isBetween(2, 2 * hops);
  }

  @Example
  void anInterruptedStoreCutsTheSearch() {
    KnowledgeGraph local = TestGraphs.of(RandomTriples.of(4, 30, 90, false));
    for (int at = 1; at <= 3; at++) {
      Counting store = new Counting(local);
      store.interruptAt = at;
      PathQuery query = query(store, store.entityId(1), store.entityId(2));
      PathResult all = new BruteForcePathExtractor().extract(local, query);
      PathResult some = new BruteForcePathExtractor().extract(store, query);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(some.report().cut()).isEqualTo(PathReport.INTERRUPTED);
      assertThat(some.paths())
          .isEqualTo(all.paths().stream().filter(path -> path.hops() < store.interruptAt).toList());
    }
  }

  @Example
  void cancellingForAnotherReasonIsAnError() {
    KnowledgeGraph store =
        new ForwardingKnowledgeGraph(TestGraphs.of("a r b")) {
          @Override
          public void expand(int[] frontier, Direction direction, ArcVisitor visitor) {
            throw new OperationCancelledException("someone else said so");
          }
        };
    for (AStarPathExtractor extractor : List.of(PAPER, TWO_SIDED)) {
      assertThatThrownBy(() -> extractor.extract(store, query(store, "a", "b")))
          .hasMessage("someone else said so");
    }
  }

  @Example
  void theNameHasTheSettings() {
    assertThat(PAPER.id()).isEqualTo("astar/1(k=4,m=2,B=3,seed=0)");
    assertThat(PAPER.withAnchors(9).withNeighbourhood(8).withSteps(7).withSeed(6).id())
        .isEqualTo("astar/1(k=9,m=8,B=7,seed=6)");
    assertThat(TWO_SIDED.withSteps(2).id()).isEqualTo("astar/1(twoSided,B=2)");
    assertThat(new BruteForcePathExtractor().id()).isEqualTo("bfs/2");
  }

  @Example
  void settingsAreChecked() {
    assertThatThrownBy(() -> PAPER.withAnchors(-1)).hasMessageContaining("got -1");
    assertThatThrownBy(() -> PAPER.withNeighbourhood(0)).hasMessageContaining("got 0");
    assertThatThrownBy(() -> PAPER.withSteps(0)).hasMessageContaining("got 0");
  }
}
