package ai.kale.kg.path;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.Direction;
import ai.kale.GraphPath;
import ai.kale.KnowledgeGraph;
import ai.kale.PathExtractor;
import ai.kale.PathQuery;
import ai.kale.kg.TestGraphs;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jgrapht.Graph;
import org.jgrapht.alg.shortestpath.AllDirectedPaths;
import org.jgrapht.graph.DirectedMultigraph;

/** A third opinion: JGraphT's enumeration on the graph whose edges are the hops. */
class JGraphTPathsTest {
  private record Hop(int from, int relation, boolean inverse, int to) {}

  private static Graph<Integer, Hop> hops(KnowledgeGraph graph, Direction direction) {
    Graph<Integer, Hop> hops = new DirectedMultigraph<>(Hop.class);
    int[] all = IntStream.range(0, graph.entityCount()).toArray();
    IntStream.of(all).forEach(hops::addVertex);
    graph.expand(
        all,
        direction,
        (from, relation, inverse, to, weight) ->
            hops.addEdge(from, to, new Hop(from, relation, inverse, to)));
    return hops;
  }

  private static List<Hop> hops(GraphPath path) {
    return IntStream.range(0, path.hops())
        .mapToObj(
            i ->
                new Hop(
                    path.entities()[i],
                    path.relations()[i],
                    path.inverse()[i],
                    path.entities()[i + 1]))
        .toList();
  }

  @Property(tries = 60, seed = "20261122")
  void pathsAreThoseOfJGraphT(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 5) int most,
      @ForAll boolean both,
      @ForAll @IntRange(max = 7) int from,
      @ForAll @IntRange(min = 1, max = 7) int away) {
    Direction direction = both ? Direction.BOTH : Direction.FORWARD;
    KnowledgeGraph graph = TestGraphs.of(RandomTriples.of(seed, 12, 18, false));
    int source = from % graph.entityCount();
    int target = (source + away) % graph.entityCount();
    Set<List<Hop>> expected = new HashSet<>();
    new AllDirectedPaths<>(hops(graph, direction))
        .getAllPaths(source, target, true, most)
        .forEach(path -> expected.add(path.getEdgeList()));
    PathQuery query =
        PathQuery.between(new int[] {source}, new int[] {target})
            .withDirection(direction)
            .withMaxHops(most)
            .withMaxPaths(1_000_000);
    for (PathExtractor extractor :
        List.of(
            new BruteForcePathExtractor(),
            new AStarPathExtractor(),
            new AStarPathExtractor().withTwoSided(true),
            new ExactPathExtractor())) {
      List<GraphPath> paths = extractor.extract(graph, query).paths();
      assertThat(paths.stream().map(JGraphTPathsTest::hops))
          .as(extractor.id())
          .containsExactlyInAnyOrderElementsOf(expected);
    }
  }
}
