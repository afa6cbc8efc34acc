package ai.kale.examples.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.KnowledgeGraph;
import ai.kale.examples.dataset.GraphFacts.Hop;
import ai.kale.examples.dataset.GraphFacts.Triple;
import ai.kale.examples.testing.SmallWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class GraphFactsTest {
  private final KnowledgeGraph graph = SmallWorld.graph();
  private final GraphFacts all = GraphFacts.all(graph);

  @Test
  void holdsEveryTripleOfTheGraph() {
    Set<String> listed = new TreeSet<>();
    for (GraphFacts.Fact fact : all.list()) {
      assertThat(fact.objects()).isSorted().doesNotHaveDuplicates().isNotEmpty();
      for (int object : fact.objects()) {
        listed.add(
            String.join(
                "\t",
                graph.entityId(fact.subject()),
                graph.relationId(fact.relation()),
                graph.entityId(object)));
      }
    }

    assertThat(listed)
        .isEqualTo(
            new TreeSet<>(
                SmallWorld.triples().stream().map(triple -> String.join("\t", triple)).toList()));
    assertThat(all.tripleCount()).isEqualTo(listed.size());
    assertThat(all.entities()).isSorted().hasSize(graph.entityCount());
    assertThat(all.graph()).isSameAs(graph);
  }

  @Test
  void followsAHopAlongAndAgainstItsArrow() {
    assertThat(follow("Land_B", "official_language", false))
        .containsExactlyInAnyOrder("Alphan", "Betan");
    assertThat(follow("Alphan", "official_language", true))
        .containsExactlyInAnyOrder("Land A", "Land B");
    assertThat(follow("Alphan", "official_language", false)).isEmpty();
    assertThat(follow("Land_B", "official_language", true)).isEmpty();
    assertThat(all.follow(graph.entityCount() + 7, hop("country", false))).isEmpty();
  }

  @Test
  void everyHopLeadsBackAgainstItsArrow() {
    for (int entity : all.entities()) {
      for (Hop hop : all.forwardHops(entity)) {
        List<Integer> ends = all.follow(entity, hop);
        assertThat(ends).isNotEmpty();
        for (int end : ends) {
          assertThat(all.follow(end, new Hop(hop.relation(), true))).contains(entity);
        }
      }
    }
  }

  @Test
  void followsAChainToAllItsEnds() {
    List<Hop> path =
        List.of(hop("birthplace", false), hop("country", false), hop("currency", false));

    assertThat(labels(all.followAll(entity("Person_A_Smith"), path))).containsExactly("coin a");
    assertThat(all.followAll(entity("Land_A"), path)).isEmpty();
    assertThat(all.followAll(entity("Land_A"), List.of())).containsExactly(entity("Land_A"));
    assertThat(
            labels(
                all.followAll(
                    entity("Alphan"),
                    List.of(hop("official_language", true), hop("capital", false)))))
        .containsExactlyInAnyOrder("City A", "City B");
  }

  @Test
  void aPartHoldsOnlyWhatWasChosenAndRepeatsCountOnce() {
    Triple triple =
        new Triple(entity("City_A"), graph.relation("country").orElseThrow(), entity("Land_A"));

    GraphFacts part = GraphFacts.of(graph, List.of(triple, triple));

    assertThat(part.tripleCount()).isEqualTo(1);
    assertThat(part.list()).hasSize(1);
    assertThat(part.entities()).containsExactlyInAnyOrder(entity("City_A"), entity("Land_A"));
    assertThat(part.forwardHops(entity("City_A"))).containsExactly(hop("country", false));
    assertThat(part.forwardHops(entity("Land_A"))).isEmpty();
    assertThat(part.forwardHops(entity("City_B"))).isEmpty();
  }

  @Test
  void hopsAreOrderedByRelationThenDirection() {
    List<Hop> hops =
        new ArrayList<>(List.of(new Hop(2, true), new Hop(2, false), new Hop(1, true)));
    hops.sort(null);

    assertThat(hops).containsExactly(new Hop(1, true), new Hop(2, false), new Hop(2, true));
  }

  private List<String> follow(String id, String relation, boolean inverse) {
    return labels(all.follow(entity(id), hop(relation, inverse)));
  }

  private List<String> labels(List<Integer> entities) {
    return entities.stream().map(graph::label).toList();
  }

  private int entity(String id) {
    return graph.entity(id).orElseThrow();
  }

  private Hop hop(String relation, boolean inverse) {
    return new Hop(graph.relation(relation).orElseThrow(), inverse);
  }
}
