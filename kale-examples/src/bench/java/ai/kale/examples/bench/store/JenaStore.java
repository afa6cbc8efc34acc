package ai.kale.examples.bench.store;

import ai.kale.examples.bench.data.DataSet;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.mem2.GraphMem2Fast;
import org.apache.jena.mem2.GraphMem2Roaring;
import org.apache.jena.mem2.IndexingStrategy;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.util.iterator.ExtendedIterator;

/** Apache Jena's graphs in memory, filled by its own parser, which shares equal nodes. */
final class JenaStore implements Store {
  private final Graph graph;

  private JenaStore(Graph graph) {
    this.graph = graph;
  }

  static void fast(Job job, Measures out) throws Exception {
    LoadRun.loadAndScan(job, out, data -> new JenaStore(parse(data, new GraphMem2Fast())));
  }

  /** With its index made at once, on all processors, after the last triple: its fastest way. */
  static void roaring(Job job, Measures out) throws Exception {
    LoadRun.loadAndScan(
        job,
        out,
        data -> {
          GraphMem2Roaring graph = new GraphMem2Roaring(IndexingStrategy.MANUAL);
          parse(data, graph);
          graph.initializeIndexParallel();
          return new JenaStore(graph);
        });
  }

  private static Graph parse(DataSet data, Graph into) {
    RDFParser.source(data.ntriples()).lang(Lang.NTRIPLES).parse(into);
    return into;
  }

  @Override
  public long triples() {
    return graph.size();
  }

  @Override
  public boolean hasRelations() {
    return true;
  }

  @Override
  public Scan scan(int[] numbers) {
    Node[] nodes = new Node[numbers.length];
    for (int i = 0; i < nodes.length; i++) {
      nodes[i] = NodeFactory.createURI(Ids.iri(numbers[i]));
    }
    return new NodeScan(graph, nodes);
  }

  private static final class NodeScan implements Scan {
    private final Graph graph;
    private final Node[] nodes;

    NodeScan(Graph graph, Node[] nodes) {
      this.graph = graph;
      this.nodes = nodes;
    }

    @Override
    public long sum() {
      long sum = 0;
      for (Node node : nodes) {
        ExtendedIterator<Triple> forward = graph.find(node, Node.ANY, Node.ANY);
        while (forward.hasNext()) {
          sum += forward.next().getObject().hashCode();
        }
        ExtendedIterator<Triple> backward = graph.find(Node.ANY, Node.ANY, node);
        while (backward.hasNext()) {
          sum += backward.next().getSubject().hashCode();
        }
      }
      return sum;
    }

    @Override
    public void visit(Arcs arcs) {
      for (Node node : nodes) {
        int own = number(node);
        graph
            .find(node, Node.ANY, Node.ANY)
            .forEach(t -> arcs.arc(own, number(t.getPredicate()), false, number(t.getObject())));
        graph
            .find(Node.ANY, Node.ANY, node)
            .forEach(t -> arcs.arc(own, number(t.getPredicate()), true, number(t.getSubject())));
      }
    }

    private static int number(Node node) {
      return Ids.number(node.getURI());
    }
  }
}
