package ai.kale.kg.path;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.Direction;
import ai.kale.GraphPath;
import ai.kale.HubPolicy;
import ai.kale.PathFilter;
import ai.kale.PathQuery;
import ai.kale.PathResult;
import ai.kale.kg.graph.CompactGraph;
import ai.kale.kg.graph.CompactGraphBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** Every plan of the joins gives the same paths as the search without any, on graphs with hubs. */
class ExactPlansTest {
  private final BruteForcePathExtractor oracle = new BruteForcePathExtractor();

  /** Triples between 14 entities; low numbers are on many of them. */
  private static CompactGraph graph(Random random, int triples) {
    CompactGraphBuilder builder = new CompactGraphBuilder();
    for (int e = 0; e < 14; e++) {
      builder.addEntity("e" + e);
    }
    for (int i = 0; i < triples; i++) {
      int subject = random.nextInt(14);
      int object = random.nextInt(3) == 0 ? random.nextInt(2) : random.nextInt(14);
      builder.addTriple("e" + subject, "r" + random.nextInt(3), "e" + object);
      if (random.nextInt(4) == 0) {
        builder.addTriple("e" + object, "r" + random.nextInt(3), "e" + subject);
      }
    }
    return builder.build();
  }

  private static int[] someOf(Random random, int most) {
    return random.ints(1 + random.nextInt(most), 0, 14).toArray();
  }

  private static PathFilter filter(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> PathFilter.NONE.denyRelations(List.of("r1"));
      case 1 -> PathFilter.NONE.excludeEntities(List.of("e0", "e5"));
      case 2 -> PathFilter.NONE.withHubs(HubPolicy.skipAbove(8));
      default -> PathFilter.NONE;
    };
  }

  @Property(tries = 250, seed = "20261122")
  void everyPlanGivesThePathsOfTheOracle(
      @ForAll long seed, @ForAll Direction direction, @ForAll @IntRange(min = 5, max = 34) int m) {
    Random random = new Random(seed);
    try (CompactGraph graph = graph(random, m)) {
      PathQuery query =
          PathQuery.between(someOf(random, 2), someOf(random, 3))
              .withDirection(direction)
              .withFilter(filter(random))
              .withMaxHops(3 + random.nextInt(2))
              .withMaxPaths(1_000_000);
      PathResult expected = oracle.extract(graph, query);
      for (JoinPlan plan : plans(query.maxHops())) {
        assertSame(graph, query, expected, plan);
      }
      assertSame(graph, query, expected, null);
    }
  }

  private static List<JoinPlan> plans(int hops) {
    return hops == 4
        ? List.of(JoinPlan.values())
        : List.of(JoinPlan.DIRECT, JoinPlan.MARKED, JoinPlan.BACK);
  }

  /** The plans for four hops are taken at length four; at three those that have it. */
  private void assertSame(
      CompactGraph graph, PathQuery query, PathResult expected, @Nullable JoinPlan plan) {
    ExactPathExtractor extractor = new ExactPathExtractor(plan);
    PathResult all = extractor.extract(graph, query);
    assertThat(all.paths()).as("plan %s of %s", plan, query).isEqualTo(expected.paths());
    if (lostToHubs(graph, query, expected)) {
      assertThat(all.report().hubs()).isPositive();
    }
    List<GraphPath> passedOn = new ArrayList<>();
    extractor.forEach(
        graph,
        query,
        (hops, entities, labels) -> {
          passedOn.add(path(hops, entities, labels));
          return true;
        });
    assertThat(passedOn).isEqualTo(expected.paths());
    int k = 1 + expected.paths().size() / 2;
    PathResult some = extractor.extract(graph, query.withMaxPaths(k));
    assertThat(some.paths())
        .isEqualTo(expected.paths().subList(0, Math.min(k, expected.paths().size())));
    assertThat(some.report().complete()).isEqualTo(k >= expected.paths().size());
  }

  private boolean lostToHubs(CompactGraph graph, PathQuery query, PathResult expected) {
    PathQuery unfiltered = query.withFilter(PathFilter.NONE);
    return query.filter().hubs().isActive()
        && oracle.extract(graph, unfiltered).paths().size() > expected.paths().size();
  }

  private static GraphPath path(int hops, int[] entities, int[] labels) {
    FirstPaths one = new FirstPaths(1);
    one.visit(hops, entities, labels);
    return one.kept().get(0);
  }
}
