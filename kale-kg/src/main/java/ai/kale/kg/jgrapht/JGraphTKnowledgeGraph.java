package ai.kale.kg.jgrapht;

import ai.kale.ArcVisitor;
import ai.kale.Direction;
import ai.kale.GraphCapability;
import ai.kale.KnowledgeGraph;
import ai.kale.kg.graph.CompactCopies;
import ai.kale.kg.graph.CompactGraph;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.jgrapht.Graph;

/**
 * Any JGraphT graph as a knowledge graph: each vertex is an entity, each edge a triple from its
 * source to its target. In an undirected graph an edge is one triple too, in the direction in which
 * JGraphT stores it: search with {@link Direction#BOTH}, the default. Weights of weighted graphs
 * are passed on.
 *
 * <p>Arcs are read from the JGraphT graph at each call; only vertices and relation ids are indexed,
 * once, O(n + m). The JGraphT graph must not change while this is in use, and must be of a kind
 * that several threads may read (those of {@code org.jgrapht.graph} are). For many searches copy
 * it: {@link #toCompact} is faster by an order of magnitude.
 *
 * @param <V> vertex type
 * @param <E> edge type
 */
public final class JGraphTKnowledgeGraph<V, E> implements KnowledgeGraph {
  private final Graph<V, E> graph;
  private final Function<? super E, String> relationId;
  private final VertexNames<V> vertices;
  private final List<String> relationIds = new ArrayList<>();
  private final Map<String, Integer> relations = new HashMap<>();
  private volatile boolean closed;

  /**
   * Wraps a graph whose vertex ids are also its names.
   *
   * @param graph the graph; not closed, not changed
   * @param vertexId the id of a vertex, different for each
   * @param relationId the relation of an edge
   * @throws ai.kale.error.InvalidInputException if two vertices have one id, an id is empty or no
   *     valid Unicode, or a weight is negative or not finite as a {@code float}
   */
  public JGraphTKnowledgeGraph(
      Graph<V, E> graph,
      Function<? super V, String> vertexId,
      Function<? super E, String> relationId) {
    this(graph, vertexId, relationId, vertex -> List.of());
  }

  /**
   * Wraps a graph.
   *
   * @param graph the graph; not closed, not changed
   * @param vertexId the id of a vertex, different for each
   * @param relationId the relation of an edge
   * @param names the names of a vertex, the preferred label first; may be empty
   * @throws ai.kale.error.InvalidInputException if two vertices have one id, an id is empty or no
   *     valid Unicode, or a weight is negative or not finite as a {@code float}
   */
  public JGraphTKnowledgeGraph(
      Graph<V, E> graph,
      Function<? super V, String> vertexId,
      Function<? super E, String> relationId,
      Function<? super V, List<String>> names) {
    this.graph = graph;
    this.relationId = relationId;
    this.vertices = new VertexNames<>(graph.vertexSet(), vertexId, names);
    for (E edge : graph.edgeSet()) {
      String id = JGraphTInput.requireId(relationId.apply(edge), "relation", edge);
      if (graph.getType().isWeighted()) {
        JGraphTInput.requireWeight(graph, edge);
      }
      if (relations.putIfAbsent(id, relationIds.size()) == null) {
        relationIds.add(id);
      }
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("this graph is closed");
    }
  }

  @Override
  public Set<GraphCapability> capabilities() {
    checkOpen();
    return graph.getType().isWeighted()
        ? Set.of(GraphCapability.ENUMERATION, GraphCapability.CONTENT_HASH, GraphCapability.WEIGHTS)
        : Set.of(GraphCapability.ENUMERATION, GraphCapability.CONTENT_HASH);
  }

  @Override
  public int[] entities(List<String> ids) {
    checkOpen();
    return ids.stream().mapToInt(vertices::find).toArray();
  }

  @Override
  public String entityId(int entity) {
    checkOpen();
    return vertices.id(entity);
  }

  @Override
  public List<List<String>> names(int[] entities) {
    checkOpen();
    List<List<String>> all = new ArrayList<>(entities.length);
    for (int entity : entities) {
      all.add(vertices.names(entity));
    }
    return all;
  }

  @Override
  public OptionalInt relation(String id) {
    checkOpen();
    Integer handle = relations.get(id);
    return handle == null ? OptionalInt.empty() : OptionalInt.of(handle);
  }

  @Override
  public String relationId(int relation) {
    checkOpen();
    return relationIds.get(Objects.checkIndex(relation, relationIds.size()));
  }

  @Override
  public void expand(int[] frontier, Direction direction, ArcVisitor visitor) {
    checkOpen();
    for (int i = 0; i < frontier.length; i++) {
      for (Map.Entry<Arc, Float> entry : arcs(frontier[i], direction).entrySet()) {
        Arc arc = entry.getKey();
        if (!visitor.arc(i, arc.relation(), arc.inverse(), arc.neighbour(), entry.getValue())) {
          return;
        }
      }
    }
  }

  private record Arc(int relation, boolean inverse, int neighbour) {}

  /** Arcs of one entity; of edges that are the same triple the highest weight is kept. */
  private Map<Arc, Float> arcs(int entity, Direction direction) {
    V vertex = vertices.vertex(entity);
    boolean weighted = graph.getType().isWeighted();
    Map<Arc, Float> arcs = new LinkedHashMap<>();
    for (E edge : graph.edgesOf(vertex)) {
      int relation = Objects.requireNonNull(relations.get(relationId.apply(edge)));
      float weight = weighted ? (float) graph.getEdgeWeight(edge) : 1;
      V source = graph.getEdgeSource(edge);
      V target = graph.getEdgeTarget(edge);
      if (direction.includesForward() && source.equals(vertex)) {
        arcs.merge(new Arc(relation, false, vertices.handle(target)), weight, Math::max);
      }
      if (direction.includesBackward() && target.equals(vertex)) {
        arcs.merge(new Arc(relation, true, vertices.handle(source)), weight, Math::max);
      }
    }
    return arcs;
  }

  @Override
  public int entityCount() {
    checkOpen();
    return vertices.size();
  }

  @Override
  public int relationCount() {
    checkOpen();
    return relationIds.size();
  }

  /** Distinct triples: counted at each call, O(m), because edges may be duplicates. */
  @Override
  public OptionalLong tripleCount() {
    checkOpen();
    long count = 0;
    for (int entity = 0; entity < vertices.size(); entity++) {
      count += arcs(entity, Direction.FORWARD).size();
    }
    return OptionalLong.of(count);
  }

  /** The content hash of {@link #toCompact}; computed at each call, O(n log n + m). */
  @Override
  public String snapshot() {
    checkOpen();
    try (CompactGraph copy = toCompact()) {
      return copy.snapshot();
    }
  }

  /**
   * Copies the graph into arrays.
   *
   * @return a new graph with the same ids, names, triples and weights; close it
   */
  public CompactGraph toCompact() {
    checkOpen();
    return CompactCopies.of(this);
  }

  @Override
  public void close() {
    closed = true;
  }
}
