package ai.kale.kg.path;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.HubPolicy;
import ai.kale.PathExtractor;
import ai.kale.PathFilter;
import ai.kale.PathMode;
import ai.kale.PathQuery;
import ai.kale.PathResult;
import ai.kale.PathScorer;
import ai.kale.data.PathFallback;
import ai.kale.data.PathReport;
import ai.kale.kg.graph.CompactGraph;
import ai.kale.kg.graph.CompactGraphBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Fallbacks of the exact extractor; their definition is tested in kale-core. */
class FallbackTest {
  private static final int ENTITIES = 12;

  private static CompactGraph graph(List<int[]> triples) {
    CompactGraphBuilder builder = new CompactGraphBuilder();
    for (int i = 0; i < ENTITIES; i++) {
      builder.addEntity("e" + (char) ('a' + i));
    }
    triples.forEach(
        t -> builder.addTriple("e" + (char) ('a' + t[0]), "r" + t[1], "e" + (char) ('a' + t[2])));
    return builder.build();
  }

  @Provide
  Arbitrary<List<int[]>> triples() {
    Arbitrary<Integer> entity = Arbitraries.integers().between(0, ENTITIES - 1);
    return Combinators.combine(entity, Arbitraries.integers().between(0, 1), entity)
        .as((s, r, o) -> new int[] {s, r, o})
        .list()
        .ofMaxSize(20);
  }

  private static PathQuery query() {
    return PathQuery.between(new int[] {0, 1}, new int[] {10, 11}).withMaxPaths(5);
  }

  @Property(tries = 300)
  void exactAndBruteForceFallBackAlike(
      @ForAll("triples") List<int[]> triples,
      @ForAll PathFallback kind,
      @ForAll PathMode mode,
      @ForAll boolean ranked,
      @ForAll @IntRange(min = 1, max = 3) int hops) {
    CompactGraph graph = graph(triples);
    PathQuery query = query().withMaxHops(hops).withMode(mode);
    if (ranked) {
      query = query.withScorer(PathScorer.specificity());
    }
    PathResult exact = new ExactPathExtractor().withFallback(kind).extract(graph, query);
    PathResult brute = new BruteForcePathExtractor().withFallback(kind).extract(graph, query);
    assertThat(exact.paths()).isEqualTo(brute.paths());
    assertThat(exact.scores()).isEqualTo(brute.scores());
    assertThat(exact.report().cut()).isEqualTo(brute.report().cut());
    assertThat(exact.report().fallback()).isEqualTo(brute.report().fallback());
  }

  @Property(tries = 300)
  void aBudgetGivesTheFirstPathsAndSaysSo(
      @ForAll("triples") List<int[]> triples,
      @ForAll PathFallback kind,
      @ForAll @IntRange(min = 1, max = 150) int budget) {
    CompactGraph graph = graph(triples);
    PathExtractor extractor = new ExactPathExtractor().withFallback(kind);
    PathResult all = extractor.extract(graph, query());
    PathResult some = extractor.extract(graph, query().withMaxArcs(budget));
    assertThat(some.report().arcsRead()).isLessThanOrEqualTo(budget);
    assertThat(all.paths().subList(0, Math.min(all.paths().size(), some.paths().size())))
        .isEqualTo(some.paths());
    if (some.report().complete()) {
      assertThat(some).isEqualTo(all);
    }
  }

  @Test
  void costsRankTheLengthsThatAreNeeded() {
    CompactGraph graph =
        graph(List.of(new int[] {0, 0, 2}, new int[] {0, 1, 3}, new int[] {3, 1, 4}));
    PathQuery query =
        PathQuery.between(new int[] {0}, new int[] {11})
            .withRelationCosts(Map.of("r1", 0.1))
            .withMaxPaths(2);
    PathExtractor extractor = new ExactPathExtractor().withFallback(PathFallback.FROM_QUESTION);
    PathResult two = extractor.extract(graph, query);
    assertThat(two.paths()).extracting(p -> p.entities()[p.hops()]).containsExactly(3, 2);
    assertThat(two.report().cut()).isEqualTo(PathReport.MAX_PATHS);
    PathResult all = extractor.extract(graph, query.withMaxPaths(3));
    assertThat(all.paths()).extracting(p -> p.entities()[p.hops()]).containsExactly(3, 4, 2);
    assertThat(all.report().complete()).isTrue();
  }

  @Test
  void aHubThatIsSkippedIsNoEndButIsInTheReport() {
    List<int[]> triples = new ArrayList<>(List.of(new int[] {0, 0, 2}, new int[] {2, 0, 11}));
    for (int leaf = 3; leaf < 9; leaf++) {
      triples.add(new int[] {2, 1, leaf});
    }
    PathQuery query =
        PathQuery.between(new int[] {0}, new int[] {11})
            .withFilter(PathFilter.NONE.withHubs(HubPolicy.skipAbove(4)));
    PathResult result =
        new ExactPathExtractor()
            .withFallback(PathFallback.TOWARD_ANSWER)
            .extract(graph(triples), query);
    assertThat(result.paths()).isEmpty();
    assertThat(result.report().hubs()).isEqualTo(1);
    assertThat(result.report().fallback()).isEqualTo(PathFallback.TOWARD_ANSWER);
  }
}
