package ai.kale.kg.path;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.PathQuery;
import ai.kale.kg.graph.CompactGraph;
import ai.kale.kg.graph.CompactGraphBuilder;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing is allocated for an arc; memory is given back after a search that failed. */
class ExactMemoryTest {
  /** A source and a target with a hub each, which have 30,000 entities in common. */
  private static CompactGraph hubs() {
    CompactGraphBuilder builder = new CompactGraphBuilder();
    builder.addTriple("s", "r", "hubA").addTriple("hubB", "r", "t");
    for (int i = 0; i < 30_000; i++) {
      builder.addTriple("hubA", "r", "m" + i).addTriple("m" + i, "r", "hubB");
    }
    return builder.build();
  }

  private static PathQuery ends(CompactGraph graph) {
    int[] source = {graph.entity("s").getAsInt()};
    int[] target = {graph.entity("t").getAsInt()};
    return PathQuery.between(source, target).withMaxHops(4).withMaxPaths(1_000_000);
  }

  @ParameterizedTest
  @EnumSource(
      value = JoinPlan.class,
      names = {"DIRECT", "MARKED", "TABLE", "TABLE_OF_REACHED"})
  void nothingIsAllocatedForAnArc(JoinPlan plan) {
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    CompactGraph graph = hubs();
    PathQuery query = ends(graph);
    ExactPathExtractor extractor = new ExactPathExtractor(plan);
    long[] paths = new long[1];
    PathVisitor counting =
        (hops, entities, labels) -> {
          paths[0]++;
          return true;
        };
    extractor.forEach(graph, query, counting);
    assertThat(paths[0]).isEqualTo(30_000);
    long before = threads.getCurrentThreadAllocatedBytes();
    long arcs = extractor.forEach(graph, query, counting).arcsRead();
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(arcs).isGreaterThan(30_000);
    assertThat(allocated).as("bytes for %s arcs", arcs).isLessThan(10_000);
  }

  @Test
  void aVisitorThatFailsSpoilsNoLaterSearch() {
    CompactGraph graph = hubs();
    PathQuery query = ends(graph);
    ExactPathExtractor extractor = new ExactPathExtractor();
    int expected = extractor.extract(graph, query).paths().size();
    IllegalStateException failure = new IllegalStateException("no more");
    try {
      extractor.forEach(
          graph,
          query,
          (hops, entities, labels) -> {
            throw failure;
          });
    } catch (IllegalStateException e) {
      assertThat(e).isSameAs(failure);
    }
    assertThat(extractor.extract(graph, query).paths()).hasSize(expected);
  }
}
