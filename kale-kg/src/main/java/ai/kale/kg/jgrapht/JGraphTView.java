package ai.kale.kg.jgrapht;

import ai.kale.Direction;
import ai.kale.GraphCapability;
import ai.kale.KnowledgeGraph;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.jgrapht.GraphType;
import org.jgrapht.graph.AbstractGraph;
import org.jgrapht.graph.DefaultGraphType;
import org.jspecify.annotations.Nullable;

/**
 * A knowledge graph as a read-only JGraphT graph: a directed pseudograph whose vertices are entity
 * handles and whose edges are triples, for JGraphT's algorithms. Every modification throws {@link
 * UnsupportedOperationException}.
 *
 * <p>Nothing is copied: edge sets of a vertex are read at each call, O(arcs of the vertex). Safe
 * for use by several threads.
 */
public final class JGraphTView extends AbstractGraph<Integer, TripleEdge> {
  private final KnowledgeGraph graph;
  private final GraphType type;

  /**
   * Wraps a graph.
   *
   * @param graph a graph that can enumerate its entities; stays open
   * @throws ai.kale.error.UnsupportedCapabilityException if it cannot
   */
  public JGraphTView(KnowledgeGraph graph) {
    GraphCapability.ENUMERATION.require(graph, "a JGraphT view");
    this.graph = graph;
    this.type =
        new DefaultGraphType.Builder()
            .directed()
            .allowMultipleEdges(true)
            .allowSelfLoops(true)
            .allowCycles(true)
            .weighted(graph.capabilities().contains(GraphCapability.WEIGHTS))
            .modifiable(false)
            .build();
  }

  @Override
  public GraphType getType() {
    return type;
  }

  @Override
  public Set<Integer> vertexSet() {
    return new HandleSet(graph.entityCount());
  }

  @Override
  public Set<TripleEdge> edgeSet() {
    return new TripleSet(graph, this);
  }

  @Override
  public boolean containsVertex(@Nullable Integer vertex) {
    return vertex != null && vertex >= 0 && vertex < graph.entityCount();
  }

  @Override
  public boolean containsEdge(@Nullable TripleEdge edge) {
    return edge != null
        && containsVertex(edge.subject())
        && outgoingEdgesOf(edge.subject()).contains(edge);
  }

  /** Null, as JGraphT demands, where one of the vertices is not in the graph. */
  @Override
  public @Nullable Set<TripleEdge> getAllEdges(@Nullable Integer source, @Nullable Integer target) {
    if (source == null || target == null || !containsVertex(source) || !containsVertex(target)) {
      return null;
    }
    Set<TripleEdge> edges = new LinkedHashSet<>();
    for (TripleEdge edge : outgoingEdgesOf(source)) {
      if (edge.object() == target) {
        edges.add(edge);
      }
    }
    return edges;
  }

  @Override
  public @Nullable TripleEdge getEdge(@Nullable Integer source, @Nullable Integer target) {
    Set<TripleEdge> edges = getAllEdges(source, target);
    return edges == null ? null : edges.stream().findFirst().orElse(null);
  }

  @Override
  public Set<TripleEdge> outgoingEdgesOf(Integer vertex) {
    return edges(vertex, Direction.FORWARD);
  }

  @Override
  public Set<TripleEdge> incomingEdgesOf(Integer vertex) {
    return edges(vertex, Direction.BACKWARD);
  }

  @Override
  public Set<TripleEdge> edgesOf(Integer vertex) {
    return edges(vertex, Direction.BOTH);
  }

  private Set<TripleEdge> edges(Integer vertex, Direction direction) {
    if (!containsVertex(vertex)) {
      throw new IllegalArgumentException("no such vertex in graph: " + vertex);
    }
    Set<TripleEdge> edges = new LinkedHashSet<>();
    graph.expand(
        vertex,
        direction,
        (index, relation, inverse, neighbour, weight) -> {
          edges.add(
              inverse
                  ? new TripleEdge(neighbour, relation, vertex)
                  : new TripleEdge(vertex, relation, neighbour));
          return true;
        });
    return edges;
  }

  @Override
  public int outDegreeOf(Integer vertex) {
    return outgoingEdgesOf(vertex).size();
  }

  @Override
  public int inDegreeOf(Integer vertex) {
    return incomingEdgesOf(vertex).size();
  }

  @Override
  public int degreeOf(Integer vertex) {
    return outDegreeOf(vertex) + inDegreeOf(vertex);
  }

  @Override
  public Integer getEdgeSource(TripleEdge edge) {
    return edge.subject();
  }

  @Override
  public Integer getEdgeTarget(TripleEdge edge) {
    return edge.object();
  }

  @Override
  public double getEdgeWeight(TripleEdge edge) {
    if (!type.isWeighted()) {
      return 1;
    }
    double[] found = {1};
    graph.expand(
        edge.subject(),
        Direction.FORWARD,
        (index, relation, inverse, neighbour, weight) -> {
          boolean same = relation == edge.relation() && neighbour == edge.object();
          found[0] = same ? weight : found[0];
          return !same;
        });
    return found[0];
  }

  @Override
  public @Nullable Supplier<Integer> getVertexSupplier() {
    return null;
  }

  @Override
  public @Nullable Supplier<TripleEdge> getEdgeSupplier() {
    return null;
  }

  private static UnsupportedOperationException readOnly() {
    return new UnsupportedOperationException("a knowledge graph's JGraphT view is read-only");
  }

  @Override
  public TripleEdge addEdge(Integer source, Integer target) {
    throw readOnly();
  }

  @Override
  public boolean addEdge(Integer source, Integer target, TripleEdge edge) {
    throw readOnly();
  }

  @Override
  public Integer addVertex() {
    throw readOnly();
  }

  @Override
  public boolean addVertex(Integer vertex) {
    throw readOnly();
  }

  @Override
  public TripleEdge removeEdge(Integer source, Integer target) {
    throw readOnly();
  }

  @Override
  public boolean removeEdge(TripleEdge edge) {
    throw readOnly();
  }

  @Override
  public boolean removeVertex(Integer vertex) {
    throw readOnly();
  }

  @Override
  public void setEdgeWeight(TripleEdge edge, double weight) {
    throw readOnly();
  }
}
