package ai.kale.tck;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.Direction;
import ai.kale.GraphCapability;
import ai.kale.KnowledgeGraph;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What a graph says it can do, it does; what it does not say, it does not half do. */
public abstract class GraphCapabilityContract extends GraphTraversalContract {
  GraphCapabilityContract() {}

  /** Makes a graph with weights: see {@link KnowledgeGraphContract#createWeighted}. */
  protected abstract Optional<KnowledgeGraph> createWeighted(List<String[]> triples);

  @Property(tries = 25, seed = "20261122")
  public void enumerationMeansAllAndNoMore(@ForAll("triples") List<String[]> triples) {
    try (KnowledgeGraph graph = create(triples)) {
      TreeSet<String> relations = new TreeSet<>();
      triples.forEach(triple -> relations.add(triple[1]));
      if (graph.capabilities().contains(GraphCapability.ENUMERATION)) {
        assertThat(graph.entityCount()).isEqualTo(entityIds(triples).size());
        assertThat(graph.relationCount()).isEqualTo(relations.size());
        assertThat(IntStream.range(0, graph.entityCount()).mapToObj(graph::entityId))
            .containsExactlyInAnyOrderElementsOf(entityIds(triples));
        assertThat(IntStream.range(0, graph.relationCount()).mapToObj(graph::relationId))
            .containsExactlyInAnyOrderElementsOf(relations);
      } else {
        read(graph, Direction.BOTH, handles(graph, entityIds(triples)));
        relations.forEach(id -> assertThat(graph.relation(id)).isPresent());
        assertThat(graph.entityCount()).isGreaterThanOrEqualTo(entityIds(triples).size());
        assertThat(graph.relationCount()).isGreaterThanOrEqualTo(relations.size());
      }
    }
  }

  @Example
  public void withoutWeightsEachIsOne() {
    try (KnowledgeGraph graph = create(few())) {
      if (graph.capabilities().contains(GraphCapability.WEIGHTS)) {
        Optional<KnowledgeGraph> weighted = createWeighted(weights(1, 2));
        assertThat(weighted)
            .as("this graph has WEIGHTS: override createWeighted, so that they are tested")
            .isPresent();
        weighted.get().close();
        return;
      }
      int[] all = handles(graph, entityIds(few()));
      graph.expand(
          all,
          Direction.BOTH,
          (index, relation, inverse, neighbour, weight) -> {
            assertThat(weight).isEqualTo(1);
            return true;
          });
      if (graph.capabilities().contains(GraphCapability.ENUMERATION)) {
        graph.triples(
            (s, r, o, weight) -> {
              assertThat(weight).isEqualTo(1);
              return true;
            });
      }
    }
  }

  /** The second weight is that of a triple that comes twice, the other time with 0.25. */
  private List<String[]> weights(double first, double second) {
    return List.of(
        weighted(triple("e1", "r1", "e2"), first),
        weighted(triple("e2", "r1", "e1"), 0.25),
        weighted(triple("e2", "r1", "e1"), second),
        weighted(triple("e2", "r1", "e1"), 0.25),
        weighted(triple("e3", "r2", "e3"), 0.75));
  }

  private static String[] weighted(String[] triple, double weight) {
    return new String[] {triple[0], triple[1], triple[2], Double.toString(weight)};
  }

  @Example
  public void weightsAreThoseOfTheTriplesTheHighestOfDuplicates() {
    List<String[]> triples = weights(0.5, 2);
    Optional<KnowledgeGraph> made = createWeighted(triples);
    if (made.isEmpty()) {
      return; // withoutWeightsEachIsOne sees to it that this graph has none.
    }
    try (KnowledgeGraph graph = made.get()) {
      assertThat(graph.capabilities()).contains(GraphCapability.WEIGHTS);
      Map<String, Float> expected = new TreeMap<>();
      for (String[] t : triples) {
        float weight = Float.parseFloat(t[3]);
        expected.merge(t[0] + " -> " + t[1] + " " + t[2], weight, Math::max);
        expected.merge(t[2] + " <- " + t[1] + " " + t[0], weight, Math::max);
      }
      Map<String, Float> arcs = new TreeMap<>();
      int[] all = handles(graph, entityIds(triples));
      graph.expand(
          all,
          Direction.BOTH,
          (index, relation, inverse, neighbour, weight) -> {
            String at = graph.entityId(all[index]) + (inverse ? " <- " : " -> ");
            String arc = at + graph.relationId(relation) + " " + graph.entityId(neighbour);
            assertThat(arcs.put(arc, weight)).as("reported before: %s", arc).isNull();
            return true;
          });
      assertThat(arcs).isEqualTo(expected);
      if (graph.capabilities().contains(GraphCapability.ENUMERATION)) {
        graph.triples(
            (s, r, o, weight) -> {
              String arc = graph.entityId(s) + " -> " + graph.relationId(r);
              assertThat(weight).isEqualTo(expected.get(arc + " " + graph.entityId(o)));
              return true;
            });
      }
    }
  }

  @Example
  public void theSnapshotNamesTheContent() {
    List<String[]> reversed = List.of(few().get(1), few().get(0), few().get(0));
    List<List<String[]>> others =
        List.of(
            List.<String[]>of(few().get(0)),
            List.of(few().get(0), triple("e2", "r1", "e3")),
            List.of(few().get(0), triple("e3", "r2", "e2")),
            List.of(few().get(0), triple("e2", "r2", "e4")));
    try (KnowledgeGraph graph = create(few());
        KnowledgeGraph same = create(reversed)) {
      String snapshot = graph.snapshot();
      assertThat(snapshot).isNotEmpty().isEqualTo(graph.snapshot());
      boolean hash = graph.capabilities().contains(GraphCapability.CONTENT_HASH);
      assertThat(snapshot.matches("sha256:[0-9a-f]{64}"))
          .as("CONTENT_HASH is %s, and the snapshot is %s", hash ? "declared" : "not", snapshot)
          .isEqualTo(hash);
      if (hash) {
        assertThat(same.snapshot()).as("other order, one twice").isEqualTo(snapshot);
        for (List<String[]> triples : others) {
          try (KnowledgeGraph other = create(triples)) {
            assertThat(other.snapshot()).isNotEqualTo(snapshot);
          }
        }
      }
    }
  }
}
