package ai.kale.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.Direction;
import ai.kale.GraphCapability;
import ai.kale.KnowledgeGraph;
import ai.kale.error.UnsupportedCapabilityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Arcs of frontiers, and the triples as a whole. */
public abstract class GraphTraversalContract extends GraphLookupContract {
  GraphTraversalContract() {}

  @Property(tries = 40, seed = "20261122")
  public void arcsAreThoseOfTheTriples(@ForAll("triples") List<String[]> triples) {
    try (KnowledgeGraph graph = create(triples)) {
      for (String id : entityIds(triples)) {
        for (Direction direction : Direction.values()) {
          assertThat(read(graph, direction, handle(graph, id)))
              .as("%s of %s", direction, id)
              .containsExactlyInAnyOrderElementsOf(expected(triples, id, direction));
        }
      }
      graph.tripleCount().ifPresent(count -> assertThat(count).isEqualTo(model(triples).size()));
    }
  }

  @Property(tries = 25, seed = "20261122")
  public void triplesAreAllOrRefused(@ForAll("triples") List<String[]> triples) {
    try (KnowledgeGraph graph = create(triples)) {
      List<List<String>> found = new ArrayList<>();
      if (!graph.capabilities().contains(GraphCapability.ENUMERATION)) {
        assertThatThrownBy(() -> graph.triples((s, r, o, weight) -> true))
            .isInstanceOf(UnsupportedCapabilityException.class);
        return;
      }
      graph.triples(
          (s, r, o, weight) ->
              found.add(List.of(graph.entityId(s), graph.relationId(r), graph.entityId(o))));
      assertThat(found).containsExactlyInAnyOrderElementsOf(model(triples));
    }
  }

  @Example
  public void aVisitorOfTriplesCanStop() {
    try (KnowledgeGraph graph = create(few())) {
      if (graph.capabilities().contains(GraphCapability.ENUMERATION)) {
        int[] calls = new int[1];
        graph.triples((s, r, o, weight) -> ++calls[0] < 1);
        assertThat(calls[0]).isEqualTo(1);
      }
    }
  }

  @Property(tries = 15, seed = "20261122")
  public void aFrontierIsItsEntitiesOneByOne(@ForAll("triples") List<String[]> triples) {
    try (KnowledgeGraph graph = create(triples)) {
      int[] all = handles(graph, entityIds(triples));
      int[] frontier = append(Arrays.copyOf(all, Math.min(4, all.length)), all[0], all[0]);
      for (Direction direction : Direction.values()) {
        batchedIsOneByOne(graph, frontier, direction);
      }
    }
  }

  @Example
  public void aFrontierMayHoldHundreds() {
    List<String[]> triples = new ArrayList<>();
    for (int i = 0; i < 700; i++) {
      triples.add(triple("e" + i % 350, "r" + i % 3, "e" + (i * 11 + 5) % 350));
    }
    try (KnowledgeGraph graph = create(triples)) {
      int[] all = handles(graph, entityIds(triples));
      batchedIsOneByOne(graph, append(all, all[7], all[0], all[7]), Direction.BOTH);
    }
  }

  private static void batchedIsOneByOne(KnowledgeGraph graph, int[] frontier, Direction direction) {
    List<List<String>> grouped = new ArrayList<>();
    Arrays.stream(frontier).forEach(entity -> grouped.add(new ArrayList<>()));
    int[] last = new int[1];
    graph.expand(
        frontier,
        direction,
        (index, relation, inverse, neighbour, weight) -> {
          assertThat(index).as("frontier index").isGreaterThanOrEqualTo(last[0]);
          last[0] = index;
          return grouped.get(index).add(arc(graph, relation, inverse, neighbour));
        });
    for (int i = 0; i < frontier.length; i++) {
      assertThat(grouped.get(i))
          .as("%s of frontier[%s] = %s", direction, i, frontier[i])
          .isEqualTo(read(graph, direction, frontier[i]));
    }
  }

  @Example
  public void aVisitorCanStop() {
    List<String[]> triples = List.of(few().get(0), few().get(1), triple("e1", "r2", "e3"));
    try (KnowledgeGraph graph = create(triples)) {
      int[] frontier = handles(graph, entityIds(triples));
      for (int most = 1; most <= 6; most++) {
        int[] calls = new int[1];
        int limit = most;
        graph.expand(
            frontier, Direction.BOTH, (index, relation, inverse, n, w) -> ++calls[0] < limit);
        assertThat(calls[0]).isEqualTo(most);
      }
    }
  }

  @Example
  public void whatAVisitorThrowsReachesTheCaller() {
    try (KnowledgeGraph graph = create(few())) {
      int[] frontier = handles(graph, entityIds(few()));
      UncheckedProblem problem = new UncheckedProblem();
      assertThatThrownBy(
              () ->
                  graph.expand(
                      frontier,
                      Direction.BOTH,
                      (index, relation, inverse, neighbour, weight) -> {
                        throw problem;
                      }))
          .isSameAs(problem);
      assertThat(read(graph, Direction.BOTH, frontier)).as("arcs afterwards").hasSize(4);
    }
  }

  @SuppressWarnings("serial")
  private static final class UncheckedProblem extends RuntimeException {}

  @Example
  public void loopsDuplicatesAndParallelArcs() {
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

  @Property(tries = 15, seed = "20261122")
  public void degreesAreTheNumbersOfArcs(@ForAll("triples") List<String[]> triples) {
    try (KnowledgeGraph graph = create(triples)) {
      int[] all = handles(graph, entityIds(triples));
      int[] asked = append(all, all[0], all[all.length - 1], all[0]);
      assertThat(graph.degrees(asked))
          .isEqualTo(
              Arrays.stream(asked).map(e -> read(graph, Direction.BOTH, e).size()).toArray());
      assertThat(graph.degrees(new int[0])).isEmpty();
    }
  }
}
