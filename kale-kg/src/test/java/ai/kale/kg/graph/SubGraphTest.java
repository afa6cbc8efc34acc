package ai.kale.kg.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.Direction;
import ai.kale.GraphCapability;
import ai.kale.KnowledgeGraph;
import ai.kale.error.InvalidInputException;
import ai.kale.error.UnsupportedCapabilityException;
import ai.kale.kg.TestGraphs;
import ai.kale.kg.graph.NameCollector.Owner;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SubGraphTest {
  private final CompactGraph chain =
      TestGraphs.of("a r b", "b r c", "c s d", "d r e", "c r hub", "x r hub", "y r hub", "hub s y");

  private static Set<String> triples(KnowledgeGraph graph) {
    Set<String> all = new TreeSet<>();
    graph.triples(
        (s, r, o, weight) ->
            all.add(graph.entityId(s) + " " + graph.relationId(r) + " " + graph.entityId(o)));
    return all;
  }

  private static KnowledgeGraph withoutEnumeration(KnowledgeGraph graph) {
    return new ForwardingKnowledgeGraph(graph) {
      @Override
      public Set<GraphCapability> capabilities() {
        Set<GraphCapability> left = new HashSet<>(super.capabilities());
        left.remove(GraphCapability.ENUMERATION);
        return left;
      }
    };
  }

  @Test
  void relationsAreKeptOrExcluded() {
    assertThat(triples(SubGraph.of(chain).keepRelations(Set.of("s")).copy()))
        .containsExactly("c s d", "hub s y");
    CompactGraph without = SubGraph.of(chain).excludeRelations(Set.of("s")).copy();
    assertThat(triples(without)).hasSize(6).noneMatch(triple -> triple.contains(" s "));
    assertThat(without.relationCount()).isEqualTo(1);
  }

  @Test
  void entitiesAreKeptOrExcluded() {
    assertThat(
            triples(
                SubGraph.of(chain)
                    .keepEntities(Set.of("a", "b", "c", "d"))
                    .excludeEntities(Set.of("b"))
                    .copy()))
        .containsExactly("c s d");
    // Entities to keep are enough where the graph cannot list them all.
    assertThat(
            triples(SubGraph.of(withoutEnumeration(chain)).keepEntities(Set.of("a", "b")).copy()))
        .containsExactly("a r b");
  }

  @Test
  void theBallGrowsOverKeptTriplesOnly() {
    assertThat(triples(SubGraph.of(chain).around(Set.of("b"), 1, Direction.BOTH).copy()))
        .containsExactly("a r b", "b r c");
    assertThat(triples(SubGraph.of(chain).around(Set.of("b"), 1, Direction.FORWARD).copy()))
        .containsExactly("b r c");
    assertThat(triples(SubGraph.of(chain).around(Set.of("y"), 1, Direction.BOTH).copy()))
        .containsExactly("hub s y", "y r hub");
    assertThat(
            triples(
                SubGraph.of(chain)
                    .around(Set.of("a"), 9, Direction.BOTH)
                    .keepRelations(Set.of("r"))
                    .excludeEntities(Set.of("hub"))
                    .copy()))
        .containsExactly("a r b", "b r c");
    assertThat(
            triples(
                SubGraph.of(withoutEnumeration(chain))
                    .around(Set.of("a", "e"), 1, Direction.BOTH)
                    .copy()))
        .containsExactly("a r b", "d r e");
  }

  @Test
  void hubsMayStopTheBallButAreInIt() {
    SubGraph limited = SubGraph.of(chain).around(Set.of("b"), 3, Direction.BOTH).hubLimit(3);
    // The hub has 4 arcs.
    assertThat(triples(limited.copy()))
        .containsExactly("a r b", "b r c", "c r hub", "c s d", "d r e");
    assertThat(
            triples(SubGraph.of(chain).around(Set.of("b"), 3, Direction.BOTH).hubLimit(4).copy()))
        .hasSize(8);
    assertThat(
            triples(SubGraph.of(chain).around(Set.of("hub"), 1, Direction.BOTH).hubLimit(1).copy()))
        .containsExactly("c r hub", "hub s y", "x r hub", "y r hub");
  }

  @Test
  void isolatedEntitiesStayOnlyIfAsked() {
    SubGraph lonely = SubGraph.of(chain).around(Set.of("e"), 0, Direction.BOTH);
    assertThat(lonely.copy().entityCount()).isZero();
    assertThat(lonely.keepIsolated().copy().entity("e")).hasValue(0);
    assertThat(SubGraph.of(chain).keepRelations(Set.of("s")).copy().entityCount()).isEqualTo(4);
    CompactGraph all = SubGraph.of(chain).keepRelations(Set.of("s")).keepIsolated().copy();
    assertThat(all.entityCount()).isEqualTo(chain.entityCount());
  }

  @Test
  void namesOfARelationAndOfAnEntityWithTheSameIdStayApart() {
    CompactGraphBuilder builder = new CompactGraphBuilder().addTriple("p", "p", "b");
    builder.addName("p", Owner.ENTITY, "the entity", "", 0);
    for (int i = 0; i < 1200; i++) {
      builder.addName("p", Owner.RELATION, "name " + i, "", i - 1200);
    }
    CompactGraph whole = builder.build();
    CompactGraph copy = CompactCopies.of(whole);
    assertThat(copy.relationLabel(0)).isEqualTo("name 0").isEqualTo(whole.relationLabel(0));
    assertThat(copy.names(copy.entities(List.of("p")))).containsExactly(List.of("the entity"));
    assertThat(copy.snapshot()).isEqualTo(whole.snapshot());
  }

  @Test
  void namesWeightsAndSourcesAreKept() {
    CompactGraphBuilder builder = new CompactGraphBuilder().keepWeights().keepSources();
    builder.at(3, "http://g/1").addTriple("a", "r", "b", 0.5f);
    builder.at(4, "http://g/2").addTriple("b", "r", "c", 0.25f);
    builder.at(5, "").addTriple("c", "q", "a", 2);
    builder.addLabel("a", "Ann").addAlias("a", "Anna").addAlias("a", "Annie");
    builder.addLabel("r", "relates to").addLabel("c", "Charlie");
    builder.addName("a", "Anne", "fr", CompactGraphBuilder.ALIAS).addAlias("r", "links");
    CompactGraph whole = builder.build();
    CompactGraph part = SubGraph.of(whole).minWeight(0.5f).keepRelations(Set.of("r")).copy();
    assertThat(triples(part)).containsExactly("a r b");
    assertThat(part.names(part.entities(List.of("a", "b"))))
        .containsExactly(List.of("Ann", "Anna", "Anne", "Annie"), List.of());
    assertThat(part.namedEntitiesByLanguage()).isEqualTo(Map.of("", 1, "fr", 1));
    assertThat(part.nameCount()).isEqualTo(6);
    assertThat(part.relationLabel(0)).isEqualTo("relates to");
    assertThat(part.adjacency().weightAt(0)).isEqualTo(0.5f);
    assertThat(part.source(0, 0, 1)).hasValue(new TripleSource(3, "http://g/1"));
    CompactGraph copy = CompactCopies.of(whole);
    assertThat(copy.snapshot()).isEqualTo(whole.snapshot());
    int relation = copy.relation("r").orElseThrow();
    assertThat(copy.source(1, relation, 2)).hasValue(new TripleSource(4, "http://g/2"));
    // The interface tells neither languages nor aliases of relations.
    CompactGraph told = CompactCopies.of(new ForwardingKnowledgeGraph(whole) {});
    assertThat(told.names(new int[] {0, 1, 2})).isEqualTo(whole.names(new int[] {0, 1, 2}));
    assertThat(triples(told)).isEqualTo(triples(whole));
    assertThat(told.nameCount()).isEqualTo(whole.nameCount() - 1);
  }

  @Property(tries = 60, seed = "20261122")
  void aBallIsThatOfTheDefinition(
      @ForAll @Size(min = 1, max = 40) List<@IntRange(max = 127) Integer> codes,
      @ForAll @IntRange(max = 4) int hops,
      @ForAll Direction direction) {
    List<String[]> rows = new ArrayList<>();
    codes.forEach(c -> rows.add(new String[] {"e" + c % 8, "r" + c / 64, "e" + c / 8 % 8}));
    CompactGraph graph = TestGraphs.of(rows);
    Set<String> ball = new HashSet<>(Set.of(rows.get(0)[0]));
    for (int hop = 0; hop < hops; hop++) {
      Set<String> next = new HashSet<>(ball);
      for (String[] row : rows) {
        if (direction.includesForward() && ball.contains(row[0])) {
          next.add(row[2]);
        }
        if (direction.includesBackward() && ball.contains(row[2])) {
          next.add(row[0]);
        }
      }
      ball = next;
    }
    Set<String> members = ball;
    CompactGraph part =
        SubGraph.of(graph).around(Set.of(rows.get(0)[0]), hops, direction).keepIsolated().copy();
    assertThat(triples(part))
        .isEqualTo(
            rows.stream()
                .filter(row -> members.contains(row[0]) && members.contains(row[2]))
                .map(row -> String.join(" ", row))
                .collect(Collectors.toSet()));
    assertThat(part.entityCount()).isEqualTo(members.size());
    assertThat(CompactCopies.of(graph).snapshot()).isEqualTo(graph.snapshot());
  }

  @Test
  void whatTheGraphLacksIsNamed() {
    assertThatThrownBy(() -> SubGraph.of(chain).keepRelations(Set.of("r", "q", "p")).copy())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("no relation 'p', 'q'");
    assertThatThrownBy(() -> SubGraph.of(chain).excludeEntities(Set.of("nobody")).copy())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("no entity 'nobody'");
    assertThatThrownBy(
            () ->
                SubGraph.of(chain)
                    .around(Set.of("a"), 1, Direction.BOTH)
                    .excludeEntities(Set.of("a"))
                    .copy())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("[a]");
    assertThatThrownBy(() -> SubGraph.of(withoutEnumeration(chain)).copy())
        .isInstanceOf(UnsupportedCapabilityException.class)
        .hasMessageContaining("around");
    assertThatThrownBy(() -> CompactCopies.of(withoutEnumeration(chain)))
        .isInstanceOf(UnsupportedCapabilityException.class);
  }

  @Test
  void eachChoiceIsSaidOnce() {
    assertThatThrownBy(
            () -> SubGraph.of(chain).keepRelations(Set.of("r")).excludeRelations(Set.of("s")))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> SubGraph.of(chain).around(Set.of("a"), -1, Direction.BOTH))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SubGraph.of(chain).minWeight(Float.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SubGraph.of(chain).hubLimit(0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
