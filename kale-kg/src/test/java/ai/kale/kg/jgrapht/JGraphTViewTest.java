package ai.kale.kg.jgrapht;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.Direction;
import ai.kale.GraphCapability;
import ai.kale.KnowledgeGraph;
import ai.kale.error.InvalidInputException;
import ai.kale.error.UnsupportedCapabilityException;
import ai.kale.kg.TestGraphs;
import ai.kale.kg.graph.CompactGraph;
import ai.kale.kg.graph.CompactGraphBuilder;
import ai.kale.kg.graph.ForwardingKnowledgeGraph;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jgrapht.Graph;
import org.jgrapht.GraphPath;
import org.jgrapht.alg.scoring.PageRank;
import org.jgrapht.alg.shortestpath.BidirectionalDijkstraShortestPath;
import org.jgrapht.alg.shortestpath.DijkstraShortestPath;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.DirectedPseudograph;
import org.jgrapht.graph.SimpleDirectedWeightedGraph;
import org.jgrapht.graph.SimpleGraph;
import org.junit.jupiter.api.Test;

class JGraphTViewTest {
  private final CompactGraph graph =
      TestGraphs.of("a r b", "b r c", "c s d", "a s d", "d r d", "a r d");
  private final JGraphTView view = new JGraphTView(graph);

  @Test
  void algorithmsOfJGraphTRunOnIt() {
    int a = graph.entity("a").orElseThrow();
    int c = graph.entity("c").orElseThrow();
    assertThat(new DijkstraShortestPath<>(view).getPath(a, c).getLength()).isEqualTo(2);
    PageRank<Integer, TripleEdge> rank = new PageRank<>(view);
    assertThat(rank.getScores().values().stream().mapToDouble(x -> x).sum())
        .isCloseTo(1, org.assertj.core.data.Offset.offset(1e-3));
    int d = graph.entity("d").orElseThrow();
    assertThat(rank.getVertexScore(d)).isGreaterThan(rank.getVertexScore(a));
  }

  @Test
  void shortestPathsFollowTheWeights() {
    CompactGraph roads =
        CompactGraphBuilder.weighted()
            .addTriple("a", "road", "b", 5)
            .addTriple("a", "road", "c", 1)
            .addTriple("c", "path", "b", 1.5f)
            .addTriple("c", "road", "b", 4)
            .build();
    JGraphTView weighted = new JGraphTView(roads);
    int a = roads.entity("a").orElseThrow();
    int b = roads.entity("b").orElseThrow();
    int c = roads.entity("c").orElseThrow();
    List<GraphPath<Integer, TripleEdge>> found =
        List.of(
            new DijkstraShortestPath<>(weighted).getPath(a, b),
            new BidirectionalDijkstraShortestPath<>(weighted).getPath(a, b));
    int path = roads.relation("path").orElseThrow();
    for (GraphPath<Integer, TripleEdge> one : found) {
      assertThat(one.getWeight()).isEqualTo(2.5);
      assertThat(one.getVertexList()).containsExactly(a, c, b);
      assertThat(one.getEdgeList().get(1)).isEqualTo(new TripleEdge(c, path, b));
    }
    assertThat(new DijkstraShortestPath<>(weighted).getPath(b, a)).isNull();
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
    assertThatThrownBy(() -> new JGraphTView(remote))
        .isInstanceOf(UnsupportedCapabilityException.class)
        .hasMessageContaining("a JGraphT view needs a graph with ENUMERATION");
  }

  @Test
  void itsSetsAgree() {
    assertThat(view.vertexSet()).containsExactly(0, 1, 2, 3);
    assertThat(view.edgeSet()).hasSize(6).hasSameSizeAs(new HashSet<>(view.edgeSet()));
    for (TripleEdge edge : view.edgeSet()) {
      assertThat(view.containsEdge(edge)).isTrue();
      assertThat(view.getAllEdges(edge.subject(), edge.object())).contains(edge);
      assertThat(view.edgesOf(edge.subject())).contains(edge);
      assertThat(view.incomingEdgesOf(edge.object())).contains(edge);
      assertThat(view.getEdgeWeight(edge)).isEqualTo(1);
    }
    assertThat(view.getEdge(0, 0)).isNull();
    assertThat(view.degreeOf(3)).isEqualTo(5);
    assertThat(view.containsVertex(4)).isFalse();
    assertThatThrownBy(() -> view.edgesOf(9)).hasMessageContaining("9");
  }

  @Test
  void itCannotBeChanged() {
    TripleEdge edge = new TripleEdge(0, 0, 2);
    List<Runnable> changes =
        List.of(
            () -> view.addVertex(7),
            view::addVertex,
            () -> view.addEdge(0, 2),
            () -> view.addEdge(0, 2, edge),
            () -> view.removeEdge(edge),
            () -> view.removeEdge(0, 1),
            () -> view.removeVertex(0),
            () -> view.setEdgeWeight(edge, 2),
            () -> view.vertexSet().remove(0),
            () -> view.edgeSet().clear());
    for (Runnable change : changes) {
      assertThatThrownBy(change::run).isInstanceOf(UnsupportedOperationException.class);
    }
  }

  @Test
  void weightsAndUndirectedGraphsComeIn() {
    Graph<String, DefaultWeightedEdge> weighted =
        new SimpleDirectedWeightedGraph<>(DefaultWeightedEdge.class);
    weighted.addVertex("a");
    weighted.addVertex("b");
    weighted.setEdgeWeight(weighted.addEdge("a", "b"), 0.5);
    var in = new JGraphTKnowledgeGraph<>(weighted, vertex -> vertex, edge -> "r");
    List<Float> weights = new ArrayList<>();
    in.expand(0, Direction.FORWARD, (i, r, inverse, n, weight) -> weights.add(weight));
    assertThat(weights).containsExactly(0.5f);
    JGraphTView out = new JGraphTView(in.toCompact());
    assertThat(out.getEdgeWeight(new TripleEdge(0, 0, 1))).isEqualTo(0.5);
    Graph<String, DefaultEdge> undirected = new SimpleGraph<>(DefaultEdge.class);
    undirected.addVertex("a");
    undirected.addVertex("b");
    undirected.addEdge("b", "a");
    var one = new JGraphTKnowledgeGraph<>(undirected, v -> v, edge -> "r", v -> List.of("N" + v));
    assertThat(one.tripleCount()).hasValue(1);
    assertThat(one.label(one.entity("b").orElseThrow())).isEqualTo("Nb");
    assertThatThrownBy(() -> new JGraphTKnowledgeGraph<>(undirected, v -> "same", edge -> "r"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("'same'");
  }

  private static JGraphTKnowledgeGraph<String, String> wrap(String vertex, String relation) {
    Graph<String, String> graph = new DirectedPseudograph<>(String.class);
    graph.addVertex("b");
    graph.addVertex(vertex);
    graph.addEdge("b", vertex, relation);
    return new JGraphTKnowledgeGraph<>(graph, v -> v, edge -> edge);
  }

  @Test
  void idsThatNoGraphCanHoldAreRefused() {
    assertThat(wrap("a?", "r").toCompact().entityCount()).isEqualTo(2);
    List<List<String>> wrong =
        List.of(
            List.of("", "r", "vertex", "empty"),
            List.of("a", "", "relation", "empty"),
            List.of("\uD800x", "r", "vertex", "surrogate"),
            List.of("a", "r\uDC00", "relation", "surrogate"),
            List.of("x".repeat(2_000_000), "r", "vertex", "2000000 bytes"));
    for (List<String> row : wrong) {
      assertThatThrownBy(() -> wrap(row.get(0), row.get(1)))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining(row.get(2))
          .hasMessageContaining(row.get(3));
    }
  }

  private static JGraphTKnowledgeGraph<String, String> weigh(double weight) {
    Graph<String, String> graph = new SimpleDirectedWeightedGraph<>(() -> "", () -> "road");
    graph.addVertex("a");
    graph.addVertex("b");
    graph.addEdge("a", "b");
    graph.setEdgeWeight("road", weight);
    return new JGraphTKnowledgeGraph<>(graph, v -> v, edge -> edge);
  }

  @Test
  void weightsThatNoTripleCanHaveAreRefused() {
    for (double weight : new double[] {0, 1e-300, 3e38}) {
      JGraphTKnowledgeGraph<String, String> in = weigh(weight);
      assertThat(in.toCompact().snapshot()).isEqualTo(in.snapshot());
      assertThat(in.toCompact().tripleCount()).hasValue(1);
    }
    for (double weight : new double[] {-1, Double.NaN, 1e300, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> weigh(weight))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("the edge road from a to b has the weight " + weight);
    }
  }

  @Test
  void whatIsNotThereIsAnsweredAsJGraphTSays() {
    assertThat(view.getAllEdges(0, 7)).isNull();
    assertThat(view.getAllEdges(7, 0)).isNull();
    assertThat(view.getAllEdges(0, 0)).isEmpty();
    assertThat(view.getEdge(0, 7)).isNull();
    assertThat(view.getEdge(7, 0)).isNull();
    assertThat(view.containsEdge(0, 7)).isFalse();
    assertThatThrownBy(() -> view.outDegreeOf(7)).isInstanceOf(IllegalArgumentException.class);
  }
}
