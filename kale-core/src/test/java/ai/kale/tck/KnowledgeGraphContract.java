package ai.kale.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.Direction;
import ai.kale.GraphCapability;
import ai.kale.KnowledgeGraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * What every {@link KnowledgeGraph} must do, tested on random multigraphs against a naive model:
 * the set of triples. Extend it and say how to make a graph.
 */
public abstract class KnowledgeGraphContract extends TripleArbitraries {
  /** For subclasses. */
  protected KnowledgeGraphContract() {}

  /**
   * Makes a graph of triples.
   *
   * @param triples subject, relation and object ids; possibly with duplicates and self loops
   * @return a graph that holds exactly these triples
   */
  protected abstract KnowledgeGraph create(List<String[]> triples);

  @Property(tries = 100, seed = "20261122")
  void lookupsRoundTrip(@ForAll("triples") List<String[]> triples) {
    try (KnowledgeGraph graph = create(triples)) {
      for (String[] triple : triples) {
        assertThat(graph.entityId(handle(graph, triple[0]))).isEqualTo(triple[0]);
        assertThat(graph.entityId(handle(graph, triple[2]))).isEqualTo(triple[2]);
        int relation = graph.relation(triple[1]).orElseThrow();
        assertThat(graph.relationId(relation)).isEqualTo(triple[1]);
        assertThat(graph.relationLabel(relation)).isNotEmpty();
        int[] ends = {handle(graph, triple[0]), handle(graph, triple[2])};
        assertThat(graph.label(ends[0])).isNotEmpty();
        assertThat(graph.labels(ends)).containsExactly(graph.label(ends[0]), graph.label(ends[1]));
      }
    }
  }

  @Property(tries = 100, seed = "20261122")
  void arcsAreThoseOfTheTriples(@ForAll("triples") List<String[]> triples) {
    try (KnowledgeGraph graph = create(triples)) {
      for (String id : entityIds(triples)) {
        for (Direction direction : Direction.values()) {
          assertThat(read(graph, direction, handle(graph, id)))
              .as("%s of %s", direction, id)
              .containsExactlyInAnyOrderElementsOf(expected(triples, id, direction));
        }
      }
      graph
          .tripleCount()
          .ifPresent(
              count ->
                  assertThat(count)
                      .isEqualTo(triples.stream().map(Arrays::asList).distinct().count()));
    }
  }

  @Property(tries = 50, seed = "20261122")
  void aFrontierIsItsEntitiesOneByOne(@ForAll("triples") List<String[]> triples) {
    try (KnowledgeGraph graph = create(triples)) {
      int[] frontier =
          entityIds(triples).stream().mapToInt(id -> handle(graph, id)).limit(4).toArray();
      frontier = Arrays.copyOf(frontier, frontier.length + 1);
      frontier[frontier.length - 1] = frontier[0];
      for (Direction direction : Direction.values()) {
        List<List<String>> grouped = new ArrayList<>();
        Arrays.stream(frontier).forEach(entity -> grouped.add(new ArrayList<>()));
        int[] last = new int[1];
        graph.expand(
            frontier,
            direction,
            (index, relation, inverse, neighbour, weight) -> {
              assertThat(index).isGreaterThanOrEqualTo(last[0]);
              last[0] = index;
              return grouped.get(index).add(arc(graph, relation, inverse, neighbour));
            });
        for (int i = 0; i < frontier.length; i++) {
          assertThat(grouped.get(i)).isEqualTo(read(graph, direction, frontier[i]));
        }
      }
    }
  }

  @Property(tries = 50, seed = "20261122")
  void aVisitorCanStop(@ForAll("triples") List<String[]> triples) {
    try (KnowledgeGraph graph = create(triples)) {
      int[] frontier = entityIds(triples).stream().mapToInt(id -> handle(graph, id)).toArray();
      int[] calls = new int[1];
      graph.expand(
          frontier,
          Direction.BOTH,
          (index, relation, inverse, neighbour, weight) -> ++calls[0] < 2);
      assertThat(calls[0]).isLessThanOrEqualTo(2).isPositive();
    }
  }

  @Example
  void unknownIdsAreMinusOne() {
    try (KnowledgeGraph graph = create(List.<String[]>of(triple("e1", "r1", "e2")))) {
      String unknown = entity("nowhere");
      assertThat(graph.entities(List.of(unknown, entity("e2"), unknown)))
          .containsExactly(-1, handle(graph, entity("e2")), -1);
      assertThat(graph.entities(List.of())).isEmpty();
      assertThat(graph.entity(unknown)).isEmpty();
      assertThat(graph.relation(relation("nowhere"))).isEmpty();
      assertThatThrownBy(() -> graph.entityId(1_000_000))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> graph.entityId(-1)).isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> graph.relationId(1_000_000))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Example
  void anEmptyFrontierHasNoArcs() {
    try (KnowledgeGraph graph = create(List.<String[]>of(triple("e1", "r1", "e2")))) {
      assertThat(read(graph, Direction.BOTH, new int[0])).isEmpty();
      assertThat(graph.names(new int[0])).isEmpty();
    }
  }

  @Example
  void loopsDuplicatesAndParallelArcs() {
    List<String[]> triples =
        List.of(
            triple("e1", "r1", "e1"),
            triple("e1", "r1", "e2"),
            triple("e1", "r1", "e2"),
            triple("e1", "r2", "e2"),
            triple("e2", "r1", "e1"));
    try (KnowledgeGraph graph = create(triples)) {
      int one = handle(graph, entity("e1"));
      assertThat(read(graph, Direction.FORWARD, one)).hasSize(3);
      assertThat(read(graph, Direction.BACKWARD, one)).hasSize(2);
      assertThat(read(graph, Direction.BOTH, one)).hasSize(5);
      graph.tripleCount().ifPresent(count -> assertThat(count).isEqualTo(4));
    }
  }

  @Example
  void theSnapshotNamesTheContent() {
    List<String[]> triples = List.of(triple("e1", "r1", "e2"), triple("e2", "r2", "e3"));
    try (KnowledgeGraph graph = create(triples);
        KnowledgeGraph same = create(List.of(triples.get(1), triples.get(0)));
        KnowledgeGraph other =
            create(List.of(triple("e1", "r1", "e2"), triple("e2", "r1", "e3")))) {
      assertThat(graph.snapshot()).isNotEmpty().isEqualTo(graph.snapshot());
      if (graph.capabilities().contains(GraphCapability.CONTENT_HASH)) {
        assertThat(graph.snapshot()).startsWith("sha256:").isEqualTo(same.snapshot());
        assertThat(graph.snapshot()).isNotEqualTo(other.snapshot());
      }
    }
  }

  @Example
  void severalThreadsMayRead() throws Exception {
    List<String[]> triples = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      triples.add(triple("e" + i % 40, "r" + i % 3, "e" + (i * 7) % 40));
    }
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try (KnowledgeGraph graph = create(triples)) {
      Callable<String> work =
          () ->
              entityIds(triples).stream()
                  .map(id -> new TreeSet<>(read(graph, Direction.BOTH, handle(graph, id))))
                  .map(TreeSet::toString)
                  .collect(Collectors.joining());
      String expected = work.call();
      for (Future<String> result : pool.invokeAll(List.of(work, work, work, work, work, work))) {
        assertThat(result.get()).isEqualTo(expected);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Example
  void aClosedGraphRefuses() {
    KnowledgeGraph graph = create(List.<String[]>of(triple("e1", "r1", "e2")));
    graph.close();
    graph.close();
    assertThatThrownBy(graph::entityCount).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(graph::relationCount).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(graph::tripleCount).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(graph::snapshot).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(graph::capabilities).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> graph.entities(List.of("x")))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> graph.entityId(0)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> graph.names(new int[] {0})).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> graph.relation("x")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> graph.relationId(0)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> read(graph, Direction.BOTH, 0))
        .isInstanceOf(IllegalStateException.class);
  }

  /** Random triples. */
  @Provide
  Arbitrary<List<String[]>> triples() {
    return randomTriples(7, 3, 24);
  }

  private static List<String> read(KnowledgeGraph graph, Direction direction, int... frontier) {
    List<String> arcs = new ArrayList<>();
    graph.expand(
        frontier,
        direction,
        (index, relation, inverse, neighbour, weight) ->
            arcs.add(arc(graph, relation, inverse, neighbour)));
    return arcs;
  }

  private static String arc(KnowledgeGraph graph, int relation, boolean inverse, int neighbour) {
    return (inverse ? "<-" : "->") + graph.relationId(relation) + " " + graph.entityId(neighbour);
  }

  private static List<String> expected(List<String[]> triples, String id, Direction direction) {
    TreeSet<String> arcs = new TreeSet<>();
    for (String[] triple : triples) {
      if (triple[0].equals(id) && direction.includesForward()) {
        arcs.add("->" + triple[1] + " " + triple[2]);
      }
      if (triple[2].equals(id) && direction.includesBackward()) {
        arcs.add("<-" + triple[1] + " " + triple[0]);
      }
    }
    return List.copyOf(arcs);
  }
}
