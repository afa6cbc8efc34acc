package ai.kale.kg.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.GraphCapability;
import ai.kale.KnowledgeGraph;
import ai.kale.error.UnsupportedCapabilityException;
import ai.kale.kg.TestGraphs;
import ai.kale.kg.graph.DegreeDistribution.Bucket;
import ai.kale.kg.graph.GraphStatistics.Hub;
import ai.kale.kg.graph.GraphStatistics.RelationCount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class GraphStatisticsTest {
  private final CompactGraph graph =
      new CompactGraphBuilder()
          .addTriple("a", "knows", "b")
          .addTriple("a", "likes", "b")
          .addTriple("b", "knows", "a")
          .addTriple("a", "knows", "c")
          .addTriple("c", "sees", "c")
          .addEntity("lonely")
          .addName("a", "Ann", "en", 0)
          .addName("a", "Anna", "de", 1)
          .addLabel("b", "Bob")
          .addLabel("knows", "is friends with")
          .build();

  @Test
  void countsASmallGraph() {
    GraphStatistics statistics = GraphStatistics.of(graph, 2);
    assertThat(statistics.entities()).isEqualTo(4);
    assertThat(statistics.triples()).isEqualTo(5);
    assertThat(statistics.relations())
        .containsExactly(
            new RelationCount("knows", "is friends with", 3),
            new RelationCount("likes", "likes", 1),
            new RelationCount("sees", "sees", 1));
    assertThat(statistics.triplesByRelation())
        .isEqualTo(Map.of("knows", 3L, "likes", 1L, "sees", 1L));
    assertThat(statistics.hubs()).containsExactly(new Hub("a", "Ann", 4), new Hub("b", "Bob", 3));
    assertThat(statistics.degrees())
        .isEqualTo(
            new DegreeDistribution(
                0,
                3,
                2.5,
                4,
                4,
                4,
                List.of(
                    new Bucket(0, 0, 1),
                    new Bucket(1, 1, 0),
                    new Bucket(2, 3, 2),
                    new Bucket(4, 7, 1))));
    assertThat(statistics.isolated()).isEqualTo(1);
    assertThat(statistics.named()).isEqualTo(2);
    assertThat(statistics.namedByLanguage()).isEqualTo(Map.of("", 1, "de", 1, "en", 1));
    assertThat(statistics.parallel()).isEqualTo(2);
    assertThat(statistics.parallelShare()).isEqualTo(0.4);
    assertThat(statistics.selfLoops()).isEqualTo(1);
    assertThat(statistics.describe())
        .isEqualToNormalizingNewlines(
            """
            4 entities (1 without triples), 5 triples, 3 relations
            names: 50.0 % of the entities: no language 25.0 %, de 25.0 %, en 25.0 %
            degrees: min 0, median 3, mean 2.5, p90 4, p99 4, max 4
            parallel: 40.0 % of the triples; self loops: 1
            relations: is friends with 3, likes 1, sees 1
            hubs: Ann (a) 4, Bob (b) 3""");
  }

  /** Any graph but a CompactGraph is read through its batched traversal. */
  private static KnowledgeGraph behindItsInterface(KnowledgeGraph graph) {
    return new ForwardingKnowledgeGraph(graph) {};
  }

  @Property(tries = 60, seed = "20261122")
  void arraysAndTraversalCountWhatTheTriplesSay(
      @ForAll @Size(max = 60) List<@IntRange(max = 146) Integer> codes) {
    List<String[]> triples = new ArrayList<>();
    codes.forEach(c -> triples.add(new String[] {"e" + c % 7, "r" + c / 49, "e" + c / 7 % 7}));
    CompactGraph compact = TestGraphs.of(triples);
    GraphStatistics arrays = GraphStatistics.of(compact);
    GraphStatistics traversal = GraphStatistics.of(behindItsInterface(compact));
    assertThat(traversal.namedByLanguage()).isEmpty();
    assertThat(traversal).isEqualTo(arrays);
    Set<List<String>> model = triples.stream().map(List::of).collect(Collectors.toSet());
    Map<String, Integer> degree = new TreeMap<>();
    model.forEach(
        t -> {
          degree.merge(t.get(0), 1, Integer::sum);
          degree.merge(t.get(2), 1, Integer::sum);
        });
    Map<List<String>, Long> pairs =
        model.stream()
            .collect(
                Collectors.groupingBy(t -> List.of(t.get(0), t.get(2)), Collectors.counting()));
    assertThat(arrays.triples()).isEqualTo(model.size());
    assertThat(arrays.entities()).isEqualTo(degree.size());
    assertThat(arrays.parallel())
        .isEqualTo(pairs.values().stream().filter(n -> n > 1).mapToLong(n -> n).sum());
    assertThat(arrays.selfLoops())
        .isEqualTo(model.stream().filter(t -> t.get(0).equals(t.get(2))).count());
    List<Integer> sorted = degree.values().stream().sorted().toList();
    if (!sorted.isEmpty()) {
      assertThat(arrays.degrees().median()).isEqualTo(sorted.get((sorted.size() + 1) / 2 - 1));
      assertThat(arrays.degrees().max()).isEqualTo(sorted.get(sorted.size() - 1));
      assertThat(arrays.degrees().p90())
          .isEqualTo(sorted.get((int) Math.ceil(sorted.size() * 0.9) - 1));
    }
    assertThat(arrays.degrees().histogram().stream().mapToLong(Bucket::entities).sum())
        .isEqualTo(sorted.size());
    assertThat(arrays.hubs())
        .extracting(Hub::id)
        .containsExactlyElementsOf(
            new TreeSet<>(degree.keySet())
                .stream()
                    .sorted(Comparator.comparingInt(id -> -degree.getOrDefault(id, 0)))
                    .toList());
    assertThat(arrays.relations().stream().mapToLong(RelationCount::triples).sum())
        .isEqualTo(model.size());
  }

  @Test
  void hubsBeyondTheArrayOfDegreesAreCounted() {
    CompactGraphBuilder builder = new CompactGraphBuilder();
    for (int i = 0; i < 70_000; i++) {
      builder.addTriple("hub", "r", String.format(Locale.ROOT, "e%05d", i));
    }
    GraphStatistics statistics = GraphStatistics.of(builder.build(), 2);
    assertThat(statistics.degrees().max()).isEqualTo(70_000);
    assertThat(statistics.degrees().p99()).isEqualTo(1);
    assertThat(statistics.degrees().histogram())
        .hasSize(18)
        .contains(new Bucket(1, 1, 70_000), new Bucket(65_536, 131_071, 1));
    assertThat(statistics.hubs())
        .containsExactly(new Hub("hub", "hub", 70_000), new Hub("e00000", "e00000", 1));
  }

  @Test
  void anEmptyGraphHasNothingToCount() {
    GraphStatistics statistics = GraphStatistics.of(new CompactGraphBuilder().build());
    assertThat(statistics.degrees().histogram()).isEmpty();
    assertThat(statistics.nameCoverage()).isZero();
    assertThat(statistics.describe()).contains("0 entities", "relations: none", "hubs: none");
  }

  @Test
  void aGraphThatCannotBeEnumeratedIsRefused() {
    KnowledgeGraph remote =
        new ForwardingKnowledgeGraph(graph) {
          @Override
          public Set<GraphCapability> capabilities() {
            return Set.of();
          }
        };
    assertThatThrownBy(() -> GraphStatistics.of(remote))
        .isInstanceOf(UnsupportedCapabilityException.class);
    assertThatThrownBy(() -> GraphStatistics.of(graph, -1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
