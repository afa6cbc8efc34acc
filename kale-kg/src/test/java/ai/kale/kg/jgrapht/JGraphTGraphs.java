package ai.kale.kg.jgrapht;

import java.util.List;
import org.jgrapht.Graph;
import org.jgrapht.graph.DirectedPseudograph;
import org.jgrapht.graph.DirectedWeightedPseudograph;

/** JGraphT graphs of triples. */
public final class JGraphTGraphs {
  private JGraphTGraphs() {}

  /** An edge; equal edges are different objects, as with JGraphT's DefaultEdge. */
  public static final class Edge {
    final String relation;

    Edge(String relation) {
      this.relation = relation;
    }

    public String relation() {
      return relation;
    }
  }

  public static Graph<String, Edge> graph(List<String[]> triples) {
    Graph<String, Edge> graph = new DirectedPseudograph<>(Edge.class);
    for (String[] triple : triples) {
      graph.addVertex(triple[0]);
      graph.addVertex(triple[2]);
      graph.addEdge(triple[0], triple[2], new Edge(triple[1]));
    }
    return graph;
  }

  public static JGraphTKnowledgeGraph<String, Edge> wrap(List<String[]> triples) {
    return new JGraphTKnowledgeGraph<>(graph(triples), vertex -> vertex, Edge::relation);
  }

  /** With a fourth column, the weight. */
  public static JGraphTKnowledgeGraph<String, Edge> wrapWeighted(List<String[]> triples) {
    Graph<String, Edge> graph = new DirectedWeightedPseudograph<>(Edge.class);
    for (String[] triple : triples) {
      graph.addVertex(triple[0]);
      graph.addVertex(triple[2]);
      Edge edge = new Edge(triple[1]);
      graph.addEdge(triple[0], triple[2], edge);
      graph.setEdgeWeight(edge, Double.parseDouble(triple[3]));
    }
    return new JGraphTKnowledgeGraph<>(graph, vertex -> vertex, Edge::relation);
  }
}
