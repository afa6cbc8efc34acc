package ai.kale.kg.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.Direction;
import ai.kale.KnowledgeGraph;
import ai.kale.PathQuery;
import ai.kale.kg.path.ExactPathExtractor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Batches, caches, order and statistics of the base. */
class RemoteKnowledgeGraphTest {
  static List<String> read(KnowledgeGraph graph, Direction direction, int... frontier) {
    List<String> arcs = new ArrayList<>();
    graph.expand(
        frontier,
        direction,
        (index, relation, inverse, neighbour, weight) ->
            arcs.add(
                index
                    + (inverse ? " <" : " >")
                    + graph.relationId(relation)
                    + " "
                    + graph.entityId(neighbour)
                    + (weight == 1 ? "" : " " + weight)));
    return arcs;
  }

  private static int[] all(ListStore graph, String... ids) {
    return graph.entities(List.of(ids));
  }

  @Test
  void arcsComeByRelationThenDirectionThenNeighbour() {
    try (ListStore graph =
        new ListStore(ListStore.triples("a s c", "a r z", "a r c", "b r a", "c r a", "a q a"))) {
      assertThat(read(graph, Direction.BOTH, all(graph, "a", "b")))
          .containsExactly(
              "0 >q a", "0 <q a", "0 >r c", "0 >r z", "0 <r b", "0 <r c", "0 >s c", "1 >r a");
    }
  }

  @Test
  void ofEqualArcsTheHighestWeightStays() {
    try (ListStore graph =
        new ListStore(ListStore.triples("a r b 0.5", "a r b 0.75", "a r b 0.25", "a r c"))) {
      assertThat(read(graph, Direction.FORWARD, all(graph, "a")))
          .containsExactly("0 >r b 0.75", "0 >r c");
      assertThat(graph.statistics().fetchedArcs()).isEqualTo(4);
    }
  }

  @Test
  void aFrontierCostsOneRequestForEachFullBatch() {
    try (ListStore graph =
        new ListStore(
            ListStore.triples("a r b", "b r c", "c r d", "d r e", "e r a"),
            RemoteOptions.defaults().withBatchSize(2))) {
      int[] ends = all(graph, "a", "b", "c", "d", "e");
      int[] frontier = {ends[0], ends[1], ends[0], ends[2], ends[3], ends[2], ends[4]};
      assertThat(read(graph, Direction.FORWARD, frontier)).hasSize(7);
      assertThat(graph.arcBatches)
          .containsExactly(List.of("a", "b"), List.of("c", "d"), List.of("e"));
      assertThat(read(graph, Direction.FORWARD, frontier)).hasSize(7);
      assertThat(graph.arcBatches).hasSize(3);
      assertThat(graph.statistics())
          .isEqualTo(new RemoteStatistics(3, 0, 3, 5, 5, 5, 0)); // 3 batches of ids as well
    }
  }

  @Test
  void eachDirectionIsCachedForItself() {
    try (ListStore graph = new ListStore(ListStore.triples("a r b", "c r a"))) {
      int[] frontier = all(graph, "a");
      read(graph, Direction.FORWARD, frontier);
      assertThat(read(graph, Direction.BACKWARD, frontier)).containsExactly("0 <r c");
      assertThat(graph.arcBatches).hasSize(2);
      assertThat(read(graph, Direction.BOTH, frontier)).containsExactly("0 >r b", "0 <r c");
      assertThat(graph.arcBatches).hasSize(2);
    }
  }

  @Test
  void anLHopQueryCostsLRequestsAndOneForTheIds() {
    try (ListStore graph =
        new ListStore(ListStore.triples("a r b", "a r c", "b s d", "c s d", "d t e"))) {
      int[] ends = all(graph, "a", "e");
      PathQuery query = PathQuery.between(new int[] {ends[0]}, new int[] {ends[1]}).withMaxHops(3);
      assertThat(new ExactPathExtractor().extract(graph, query).paths()).hasSize(2);
      assertThat(graph.statistics().arcRequests()).isEqualTo(3);
      assertThat(graph.statistics().requests()).isEqualTo(4);
      RemoteStatistics before = graph.statistics();
      new ExactPathExtractor().extract(graph, query);
      assertThat(graph.statistics().since(before).requests()).isZero();
    }
  }

  @Test
  void aHubLargerThanTheCacheIsReadAndNotKept() {
    List<String[]> triples = new ArrayList<>();
    IntStream.range(0, 3000).forEach(i -> triples.add(new String[] {"hub", "r", "leaf" + i}));
    try (ListStore graph =
        new ListStore(triples, RemoteOptions.defaults().withMaxCachedArcs(100))) {
      int[] frontier = all(graph, "leaf7", "hub", "hub");
      assertThat(read(graph, Direction.BOTH, frontier)).hasSize(6001);
      assertThat(read(graph, Direction.BOTH, frontier)).hasSize(6001);
      assertThat(graph.arcBatches).containsExactly(List.of("leaf7", "hub"), List.of("hub"));
    }
  }

  @Test
  void theLeastRecentlyUsedArcsLeaveFirst() {
    try (ListStore graph =
        new ListStore(
            ListStore.triples("a r b", "b r c", "c r a"),
            RemoteOptions.defaults().withMaxCachedArcs(2))) {
      for (String id : List.of("a", "b", "a", "c", "a", "b")) {
        read(graph, Direction.FORWARD, all(graph, id));
      }
      assertThat(graph.arcBatches)
          .containsExactly(List.of("a"), List.of("b"), List.of("c"), List.of("b"));
    }
  }

  @Test
  void aListAsLargeAsTheBoundIsKeptAndALargerOneDrivesNothingOut() {
    try (ListStore graph =
        new ListStore(
            ListStore.triples(
                "a r b", "a r c", "a r d", "e r f", "h r a", "h r b", "h r c", "h r d"),
            RemoteOptions.defaults().withMaxCachedArcs(3))) {
      for (String id : List.of("a", "a", "h", "a", "e", "a")) {
        read(graph, Direction.FORWARD, all(graph, id));
      }
      assertThat(graph.arcBatches)
          .containsExactly(List.of("a"), List.of("h"), List.of("e"), List.of("a"));
    }
  }

  @Test
  void namesLeaveMemoryWithTheLeastRecentlyUsedFirst() {
    try (ListStore graph =
        new ListStore(
            ListStore.triples("a r b", "b r c"), RemoteOptions.defaults().withMaxCachedNames(2))) {
      for (String id : List.of("a", "b", "a", "c", "a", "b")) {
        graph.names(all(graph, id));
      }
      assertThat(graph.nameBatches)
          .containsExactly(List.of("a"), List.of("b"), List.of("c"), List.of("b"));
    }
  }

  @Test
  void withoutACacheEverythingIsAskedForEachTime() {
    try (ListStore graph = new ListStore(ListStore.triples("a r b"), new RemoteOptions(10, 0, 0))) {
      int[] a = all(graph, "a");
      for (int i = 0; i < 2; i++) {
        assertThat(read(graph, Direction.BOTH, a)).containsExactly("0 >r b");
        assertThat(graph.names(a)).containsExactly(List.of());
      }
      assertThat(graph.arcBatches).hasSize(2);
      assertThat(graph.nameBatches).hasSize(2);
    }
  }

  @Test
  void aVisitorThatStopsSavesTheFurtherBatches() {
    try (ListStore graph =
        new ListStore(
            ListStore.triples("a r b", "b r c"), RemoteOptions.defaults().withBatchSize(1))) {
      graph.expand(
          all(graph, "a", "b"),
          Direction.FORWARD,
          (index, relation, inverse, neighbour, weight) -> false);
      assertThat(graph.arcBatches).containsExactly(List.of("a"));
    }
  }

  @Test
  void namesAreAskedForOnceAndInBatches() {
    try (ListStore graph =
        new ListStore(
            ListStore.triples("a r b", "b r c"), RemoteOptions.defaults().withBatchSize(2))) {
      graph.names.put("a", List.of("Anna", " ", "Ann"));
      int[] ends = all(graph, "a", "b", "c");
      int[] asked = {ends[0], ends[1], ends[0], ends[2]};
      assertThat(graph.names(asked))
          .containsExactly(List.of("Anna", "Ann"), List.of(), List.of("Anna", "Ann"), List.of());
      assertThat(graph.labels(asked)).containsExactly("Anna", "b", "Anna", "c");
      assertThat(graph.nameBatches).containsExactly(List.of("a", "b"), List.of("c"));
    }
  }

  @Test
  void relationsMetTogetherAreNamedTogether() {
    try (ListStore graph = new ListStore(ListStore.triples("a r b", "a s b", "a t b"))) {
      graph.relationNames.put("s", List.of("sister"));
      read(graph, Direction.FORWARD, all(graph, "a"));
      assertThat(IntStream.range(0, 3).mapToObj(graph::relationLabel))
          .containsExactlyInAnyOrder("r", "sister", "t");
      assertThat(graph.nameBatches).hasSize(1);
    }
  }

  @Test
  void skippedArcsAreCounted() {
    ListStore graph =
        new ListStore(ListStore.triples("a r b")) {
          @Override
          protected void fetchArcs(List<String> ids, Direction direction, ArcSink sink) {
            sink.skipped(0, "the neighbour is a blank node");
            sink.skipped(0, "the neighbour is a blank node");
          }
        };
    try (graph) {
      assertThat(read(graph, Direction.FORWARD, all(graph, "a"))).isEmpty();
      assertThat(graph.statistics().skippedArcs()).isEqualTo(2);
    }
  }

  @Test
  void idsMetByManyThreadsAtOnceGetOneHandle() throws Exception {
    HandleTable table = new HandleTable("entity");
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      CyclicBarrier start = new CyclicBarrier(4);
      List<Future<List<Integer>>> results = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        results.add(
            pool.submit(
                () -> {
                  start.await();
                  return IntStream.range(0, 20_000)
                      .mapToObj(i -> table.intern("e" + i % 5000))
                      .toList();
                }));
      }
      for (Future<List<Integer>> result : results) {
        assertThat(result.get()).isEqualTo(results.get(0).get());
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(table.count()).isEqualTo(5000);
    assertThat(IntStream.range(0, 5000).mapToObj(table::id).distinct()).hasSize(5000);
  }

  @Test
  void handlesOfOthersAreRefused() {
    try (ListStore graph = new ListStore(ListStore.triples("a r b"))) {
      all(graph, "a");
      assertThatThrownBy(() -> read(graph, Direction.BOTH, 0, 1))
          .isInstanceOf(IndexOutOfBoundsException.class)
          .hasMessage("entity handle 1 is none of the 1 that this graph issued");
      assertThatThrownBy(() -> graph.names(new int[] {-1}))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThat(graph.arcBatches).isEmpty();
    }
  }

  @Test
  void closingReachesTheStoreOnceAndStatisticsStay() {
    ListStore graph = new ListStore(ListStore.triples("a r b"));
    read(graph, Direction.BOTH, all(graph, "a"));
    graph.close();
    assertThat(graph.storeClosed).isTrue();
    assertThat(graph.statistics().requests()).isEqualTo(2);
    assertThatThrownBy(() -> graph.label(0)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void optionsSayTheirRanges() {
    RemoteOptions options = RemoteOptions.defaults();
    assertThatThrownBy(() -> options.withBatchSize(0)).hasMessageContaining("batchSize");
    assertThatThrownBy(() -> options.withMaxCachedArcs(-1)).hasMessageContaining("maxCachedArcs");
    assertThatThrownBy(() -> options.withMaxCachedNames(-1)).hasMessageContaining("maxCachedNames");
  }
}
