package ai.kale.kg;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.Direction;
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
import ai.kale.kg.graph.GraphStatistics;
import ai.kale.kg.path.AStarPathExtractor;
import ai.kale.kg.path.AStarTrace;
import ai.kale.kg.path.BruteForcePathExtractor;
import ai.kale.kg.path.ExactPathExtractor;
import ai.kale.kg.path.KnowledgePaths;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The snippets of docs/knowledge-graphs.md about what a path search may do. */
class PathSnippetsTest {
  private final CompactGraph graph =
      TestGraphs.of(
          "Kismet directed_by Dieterle",
          "Dieterle place_of_birth Ludwigshafen",
          "Kismet type film",
          "Faust type film",
          "Faust filmed_in Ludwigshafen",
          "Dieterle died_in Ottobrunn",
          "Ottobrunn near Ludwigshafen");
  private final int[] film = graph.entities(List.of("Kismet"));
  private final int[] city = graph.entities(List.of("Ludwigshafen"));
  private final PathQuery query = PathQuery.between(film, city);

  private List<String> signatures(PathQuery asked) {
    PathResult result = new BruteForcePathExtractor().extract(graph, asked);
    return KnowledgePaths.resolve(graph, result.paths()).stream()
        .map(path -> path.signature())
        .toList();
  }

  @Test
  void filter() {
    // snippet: pathfilter
    PathFilter filter =
        PathFilter.NONE
            .denyRelations(List.of("type", "instance_of")) // or allowRelations
            .excludeEntities(List.of("Ottobrunn")) // not to be passed
            .withHubs(HubPolicy.skipAbove(10_000)); // or sampleAbove(10_000, seed)
    PathQuery filtered = query.withFilter(filter).withDirection(Direction.BOTH);
    System.out.println(filter.unknownTo(graph)); // [instance_of]: misspelt?
    // end
    assertThat(signatures(query)).hasSize(3);
    assertThat(signatures(filtered)).containsExactly("directed_by/place_of_birth");
    assertThat(filter.unknownTo(graph)).containsExactly("instance_of");
  }

  @Test
  void ranking() {
    // snippet: pathranking
    Map<String, Long> counts = GraphStatistics.of(graph).triplesByRelation();
    PathQuery ranked =
        query
            .withRelationCosts(Map.of("type", 5.0)) // other hops cost 1
            .withScorer(PathScorer.specificity().plus(PathScorer.rareRelations(counts).times(0.5)));
    PathQuery own = query.withScorer(path -> path.inverse(0) ? 0 : 1);
    // end
    assertThat(signatures(ranked))
        .containsExactly(
            "directed_by/place_of_birth", "directed_by/died_in/near", "type/^type/filmed_in");
    assertThat(counts).containsEntry("type", 2L).hasSize(6);
    assertThat(new BruteForcePathExtractor().extract(graph, own).scores()).containsOnly(1.0);
  }

  @Test
  void limits() {
    // snippet: pathlimits
    PathQuery limited =
        query
            .withMode(PathMode.TRAIL) // entities may come again, triples not
            .withMaxArcs(1_000_000)
            .withMaxTime(Duration.ofSeconds(2));
    // end
    assertThat(signatures(limited)).hasSize(3);
  }

  @Test
  void fallback() {
    // snippet: pathfallback
    PathExtractor extractor = new AStarPathExtractor().withFallback(PathFallback.TOWARD_ANSWER);
    PathResult result = extractor.extract(graph, query.withMaxHops(1));
    if (result.report().fallback() != PathFallback.NONE) {
      System.out.println("these paths do not reach the answer");
    }
    // end
    assertThat(result.report().fallback()).isEqualTo(PathFallback.TOWARD_ANSWER);
  }

  @Test
  void aStar() {
    // snippet: astar
    PathExtractor paper = new AStarPathExtractor().withAnchors(8).withNeighbourhood(2);
    PathExtractor better = new AStarPathExtractor().withTwoSided(true);
    AStarTrace work = new AStarPathExtractor().trace(graph, query);
    System.out.println(work.expansions() + " expansions, " + work.roundTrips() + " round trips");
    // end
    assertThat(paper.extract(graph, query).paths())
        .isEqualTo(better.extract(graph, query).paths())
        .isEqualTo(new BruteForcePathExtractor().extract(graph, query).paths());
  }

  @Test
  void scoresAreResolvedWithTheirPaths() {
    PathQuery ranked = query.withScorer(PathScorer.specificity());
    PathResult found = new ExactPathExtractor().extract(graph, ranked);
    assertThat(KnowledgePaths.resolve(graph, found))
        .extracting(path -> path.score().orElseThrow())
        .isEqualTo(found.scores());
    assertThat(KnowledgePaths.resolve(graph, found.paths()))
        .allMatch(path -> path.score().isEmpty());
  }

  @Test
  void passedOn() {
    Map<Integer, Integer> byHops = new TreeMap<>();
    // snippet: pathforeach
    PathReport report =
        new ExactPathExtractor()
            .forEach(
                graph,
                query.withMaxPaths(Integer.MAX_VALUE),
                (hops, entities, labels) -> byHops.merge(hops, 1, Integer::sum) > 0);
    // end
    assertThat(byHops).isEqualTo(Map.of(2, 1, 3, 2));
    assertThat(report.complete()).isTrue();
  }
}
