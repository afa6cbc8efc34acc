package ai.kale.kg.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.ArcVisitor;
import ai.kale.Direction;
import ai.kale.GraphPath;
import ai.kale.PathQuery;
import ai.kale.PathResult;
import ai.kale.PathScorer;
import ai.kale.data.PathReport;
import ai.kale.kg.TestGraphs;
import ai.kale.kg.graph.CompactGraph;
import ai.kale.kg.graph.CompactGraphBuilder;
import ai.kale.kg.graph.ForwardingKnowledgeGraph;
import ai.kale.kg.jgrapht.JGraphTView;
import ai.kale.kg.jgrapht.TripleEdge;
import ai.kale.kg.path.RelationPathFollower.Hop;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jgrapht.alg.shortestpath.AllDirectedPaths;
import org.junit.jupiter.api.Test;

class ExactPathExtractorTest {
  private static CompactGraph random(long seed, int entities, int triples) {
    Random random = new Random(seed);
    CompactGraphBuilder builder = new CompactGraphBuilder();
    for (int i = 0; i < entities; i++) {
      builder.addEntity("e" + i);
    }
    for (int i = 0; i < triples; i++) {
      int hub = random.nextInt(4) == 0 ? 0 : random.nextInt(entities);
      int other = random.nextInt(entities);
      // No loops: JGraphT takes a loop at the source for the start of a simple path.
      other = other == hub ? (hub + 1) % entities : other;
      builder.addTriple("e" + other, "r" + random.nextInt(4), "e" + hub);
    }
    return builder.build();
  }

  @Test
  void findsWhatAllDirectedPathsOfJGraphTFinds() {
    for (int seed = 0; seed < 6; seed++) {
      CompactGraph graph = random(seed, 25, 70);
      AllDirectedPaths<Integer, TripleEdge> all = new AllDirectedPaths<>(new JGraphTView(graph));
      for (int target = 1; target < 6; target++) {
        PathQuery query =
            PathQuery.between(new int[] {7}, new int[] {target})
                .withDirection(Direction.FORWARD)
                .withMaxHops(4)
                .withMaxPaths(100_000);
        List<GraphPath> found = new ExactPathExtractor().extract(graph, query).paths();
        assertThat(found).doesNotHaveDuplicates();
        assertThat(found.stream().map(ExactPathExtractorTest::edges))
            .containsExactlyInAnyOrderElementsOf(
                all.getAllPaths(7, target, true, 4).stream().map(p -> p.getEdgeList()).toList());
      }
    }
  }

  private static List<TripleEdge> edges(GraphPath path) {
    return IntStream.range(0, path.hops())
        .mapToObj(
            i -> new TripleEdge(path.entities()[i], path.relations()[i], path.entities()[i + 1]))
        .toList();
  }

  @Test
  void agreesWithBruteForceOnAGraphWithAHub() {
    CompactGraph graph = random(1, 60, 250);
    PathQuery query =
        PathQuery.between(new int[] {3, 4}, new int[] {5, 0})
            .withMaxHops(4)
            .withMaxPaths(2_000_000);
    PathResult exact = new ExactPathExtractor().extract(graph, query);
    PathResult brute = new BruteForcePathExtractor().extract(graph, query);
    assertThat(exact.paths()).hasSizeGreaterThan(200);
    assertThat(exact.paths().equals(brute.paths())).isTrue();
    assertThat(new ExactPathExtractor().extract(graph, query.withMaxPaths(10)).paths())
        .isEqualTo(brute.paths().subList(0, 10));
  }

  @Test
  void asksARemoteGraphOncePerHop() {
    CompactGraph graph = random(2, 40, 120);
    AtomicInteger calls = new AtomicInteger();
    ForwardingKnowledgeGraph remote =
        new ForwardingKnowledgeGraph(graph) {
          @Override
          public void expand(int[] frontier, Direction direction, ArcVisitor visitor) {
            calls.incrementAndGet();
            super.expand(frontier, direction, visitor);
          }
        };
    for (int hops = 1; hops <= 5; hops++) {
      calls.set(0);
      PathQuery query =
          PathQuery.between(new int[] {1, 2}, new int[] {3})
              .withMaxHops(hops)
              .withMaxPaths(1_000_000);
      PathResult result = new ExactPathExtractor().extract(remote, query);
      assertThat(calls.get()).isLessThanOrEqualTo(hops);
      assertThat(result.paths()).isEqualTo(new ExactPathExtractor().extract(graph, query).paths());
    }
  }

  @Test
  void aBudgetGivesTheFirstPathsAndSaysSo() {
    CompactGraph graph = random(3, 40, 160);
    PathQuery query =
        PathQuery.between(new int[] {1}, new int[] {2}).withMaxHops(4).withMaxPaths(1_000_000);
    PathResult all = new ExactPathExtractor().extract(graph, query);
    for (long budget = 1; budget < all.report().arcsRead(); budget += 7) {
      PathResult some = new ExactPathExtractor().extract(graph, query.withMaxArcs(budget));
      assertThat(some.paths()).isEqualTo(all.paths().subList(0, some.paths().size()));
      assertThat(some.report().complete()).isFalse();
      assertThat(some.report().cut()).isEqualTo("maxArcs");
    }
    PathQuery enough = query.withMaxArcs(all.report().arcsRead());
    assertThat(new ExactPathExtractor().extract(graph, enough)).isEqualTo(all);
  }

  @Test
  void aSourceThatIsAlsoATargetCanEndAnotherPath() {
    CompactGraph graph = TestGraphs.of("a r b", "b r c");
    int[] ends = graph.entities(List.of("a", "b"));
    PathResult result =
        new ExactPathExtractor()
            .extract(graph, PathQuery.between(ends, ends).withDirection(Direction.FORWARD));
    assertThat(result.paths()).hasSize(1);
    assertThat(result.paths().get(0).entities()).containsExactly(ends);
  }

  @Test
  void anUnknownHandleIsAnError() {
    CompactGraph graph = TestGraphs.of("a r b");
    PathQuery wrong = PathQuery.between(new int[] {9}, new int[] {0});
    assertThatThrownBy(() -> new ExactPathExtractor().extract(graph, wrong))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("the graph has no entity 9; it has 2");
  }

  @Test
  void pathsArePassedOnWithoutARanking() {
    CompactGraph graph = TestGraphs.of("a r b", "b r c", "a r c");
    PathQuery query = PathQuery.between(new int[] {0}, new int[] {2});
    List<Integer> hops = new ArrayList<>();
    PathReport report =
        new ExactPathExtractor()
            .forEach(
                graph,
                query,
                (length, entities, labels) -> {
                  hops.add(length);
                  return false;
                });
    assertThat(hops).containsExactly(1);
    assertThat(report.cut()).isEqualTo(PathReport.MAX_PATHS);
    PathQuery ranked = query.withScorer(PathScorer.confidence());
    assertThatThrownBy(
            () -> new ExactPathExtractor().forEach(graph, ranked, (n, entities, labels) -> true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("use extract");
  }

  @Test
  void followsGivenRelations() {
    CompactGraph graph =
        TestGraphs.of("m1 by d", "m2 by d", "m3 by d", "m1 in y", "m2 in y2", "m3 in y3");
    int source = graph.entity("m1").orElseThrow();
    List<Hop> hops = List.of(new Hop("by", false), new Hop("by", true), new Hop("in", false));
    PathResult result = new RelationPathFollower(10).follow(graph, source, hops);
    assertThat(KnowledgePaths.resolve(graph, result.paths()))
        .extracting(path -> path.signature() + " " + path.target().id())
        .containsExactly("by/^by/in y2", "by/^by/in y3");
    assertThat(result.report().complete()).isTrue();
    PathResult one = new RelationPathFollower(1).follow(graph, source, hops);
    assertThat(one.paths()).isEqualTo(result.paths().subList(0, 1));
    assertThat(one.report().cut()).isEqualTo("maxPaths");
    List<Hop> unknown = List.of(new Hop("nothing", false));
    assertThat(new RelationPathFollower(1).follow(graph, source, unknown).paths()).isEmpty();
    assertThatThrownBy(() -> new RelationPathFollower(1).follow(graph, source, List.of()))
        .hasMessageContaining("at least one hop");
  }
}
