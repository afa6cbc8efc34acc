package ai.kale.kg.path;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.Direction;
import ai.kale.GraphPath;
import ai.kale.KnowledgeGraph;
import ai.kale.PathExtractor;
import ai.kale.PathFilter;
import ai.kale.PathQuery;
import ai.kale.PathResult;
import ai.kale.data.PathReport;
import ai.kale.kg.graph.CompactGraph;
import ai.kale.kg.graph.CompactGraphBuilder;
import ai.kale.kg.graph.ForwardingKnowledgeGraph;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/**
 * Graphs large enough that searches estimate, give up the direct walk and change plans: the joins
 * against the search in layers, and what a budget leaves.
 */
class LargerGraphsTest {
  /** One for all tests: what it keeps between searches must not matter. */
  private static final ExactPathExtractor SHARED = new ExactPathExtractor();

  private static CompactGraph graph(Random random, int entities, int triples) {
    CompactGraphBuilder builder = new CompactGraphBuilder();
    for (int e = 0; e < entities; e++) {
      builder.addEntity("e" + e);
    }
    for (int i = 0; i < triples; i++) {
      String subject = "e" + random.nextInt(entities);
      int few = random.nextInt(4) == 0 ? 3 : entities;
      builder.addTriple(subject, "r" + random.nextInt(4), "e" + random.nextInt(few));
    }
    return builder.build();
  }

  private static PathQuery query(Random random, int entities) {
    int[] sources = random.ints(1 + random.nextInt(2), 0, entities).toArray();
    int[] targets = random.ints(1 + random.nextInt(3), 0, entities).toArray();
    PathQuery query =
        PathQuery.between(sources, targets)
            .withMaxHops(3 + random.nextInt(2))
            .withMaxPaths(List.of(1, 16, 300, 3_000).get(random.nextInt(4)));
    return switch (random.nextInt(4)) {
      case 0 -> query.withDirection(Direction.FORWARD);
      case 1 -> query.withFilter(PathFilter.NONE.denyRelations(List.of("r2")));
      default -> query;
    };
  }

  @Property(tries = 60, seed = "20261122")
  void joinsGiveWhatLayersGive(@ForAll long seed, @ForAll @IntRange(max = 2) int size) {
    Random random = new Random(seed);
    int entities = List.of(60, 400, 2_000).get(size);
    try (CompactGraph graph = graph(random, entities, 4 * entities)) {
      KnowledgeGraph layered = new ForwardingKnowledgeGraph(graph) {};
      for (int i = 0; i < 5; i++) {
        PathQuery query = query(random, entities);
        PathResult expected = SHARED.extract(layered, query);
        PathResult actual = SHARED.extract(graph, query);
        assertThat(actual.paths()).as("%s", query).isEqualTo(expected.paths());
        assertThat(actual.report().cut()).isEqualTo(expected.report().cut());
        for (PathExtractor extractor :
            List.of(
                SHARED,
                new AStarPathExtractor(),
                new AStarPathExtractor().withTwoSided(true),
                new BruteForcePathExtractor())) {
          assertPrefix(extractor, graph, query.withMaxArcs(1 + random.nextInt(4_000)), expected);
        }
      }
    }
  }

  private static void assertPrefix(
      PathExtractor extractor, CompactGraph graph, PathQuery query, PathResult all) {
    PathResult some = extractor.extract(graph, query);
    List<GraphPath> paths = some.paths();
    assertThat(paths).as("%s", query).isEqualTo(all.paths().subList(0, paths.size()));
    assertThat(some.report().arcsRead()).isLessThanOrEqualTo(query.maxArcs());
    if (paths.size() < all.paths().size()) {
      assertThat(some.report().cut()).isEqualTo(PathReport.MAX_ARCS);
    }
  }

  /** A source and a target with a hub each, which have 30,000 entities in common. */
  private static CompactGraph hubs() {
    CompactGraphBuilder builder = new CompactGraphBuilder();
    builder.addTriple("s", "r", "hubA").addTriple("hubB", "r", "t");
    for (int i = 0; i < 30_000; i++) {
      builder.addTriple("hubA", "r", "m" + i).addTriple("m" + i, "r", "hubB");
    }
    return builder.build();
  }

  @Test
  void everyPlanEndsSoonAfterAnInterruptAndWithinItsBudget() {
    CompactGraph graph = hubs();
    int[] ends = graph.entities(List.of("s", "t"));
    PathQuery query =
        PathQuery.between(new int[] {ends[0]}, new int[] {ends[1]})
            .withMaxHops(4)
            .withMaxPaths(1_000_000);
    for (JoinPlan plan : JoinPlan.values()) {
      ExactPathExtractor extractor = new ExactPathExtractor(plan);
      int[] count = new int[1];
      PathReport report =
          extractor.forEach(
              graph,
              query,
              (hops, entities, labels) -> {
                Thread.currentThread().interrupt();
                count[0]++;
                return true;
              });
      assertThat(Thread.interrupted()).isTrue();
      assertThat(report.cut()).as("%s", plan).isEqualTo(PathReport.INTERRUPTED);
      assertThat(count[0]).as("%s", plan).isLessThan(10_000);

      PathReport cut = extractor.forEach(graph, query.withMaxArcs(100), (n, es, ls) -> true);
      assertThat(cut.cut()).as("%s", plan).isEqualTo(PathReport.MAX_ARCS);
      assertThat(cut.arcsRead()).isEqualTo(100);
    }
  }

  /** Were each of them joined with the hub's list, 300 times 30,000 arcs would be read. */
  @Test
  void plansReadFewArcsWhereHubsAreInTheWay() {
    CompactGraph graph = hubs();
    int[] ends = graph.entities(List.of("s", "hubB", "m7", "t"));
    ExactPathExtractor extractor = new ExactPathExtractor();
    PathQuery few = PathQuery.between(new int[] {ends[0]}, new int[] {ends[3]}).withMaxHops(4);
    assertThat(extractor.extract(graph, few).report().arcsRead()).isLessThan(2_000);
    PathQuery sameHub =
        PathQuery.between(new int[] {ends[2]}, new int[] {ends[3]})
            .withMaxHops(4)
            .withMaxPaths(100_000);
    assertThat(extractor.extract(graph, sameHub).report().arcsRead()).isLessThan(200_000);
    PathQuery against = sameHub.withDirection(Direction.BACKWARD);
    assertThat(extractor.extract(graph, against).paths()).isEmpty();
    assertThat(extractor.extract(graph, against).report().arcsRead()).isLessThan(1_000);
  }
}
