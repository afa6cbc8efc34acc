package ai.kale.kg.sparql;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.jena.fuseki.main.FusekiServer;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.DatasetGraphFactory;
import org.apache.jena.system.Txn;

/** A real SPARQL server on loopback for the whole run, with a named graph for each test graph. */
final class Fuseki {
  private static final DatasetGraph DATA = DatasetGraphFactory.createTxnMem();
  private static final AtomicInteger GRAPHS = new AtomicInteger();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final FusekiServer SERVER =
      FusekiServer.create().port(0).loopback(true).add("/data", DATA).build().start();

  private Fuseki() {}

  static URI endpoint() {
    return URI.create("http://localhost:" + SERVER.getPort() + "/data/query");
  }

  /** Stores triples of IRIs in a graph of their own. */
  static URI store(List<String[]> triples) {
    return storeNodes(
        triples.stream()
            .map(triple -> new Node[] {iri(triple[0]), iri(triple[1]), iri(triple[2])})
            .toList());
  }

  static URI storeNodes(List<Node[]> triples) {
    URI name = URI.create("http://example.org/graph/" + GRAPHS.incrementAndGet());
    Txn.executeWrite(
        DATA, () -> triples.forEach(t -> DATA.add(iri(name.toString()), t[0], t[1], t[2])));
    return name;
  }

  static Node iri(String iri) {
    return NodeFactory.createURI(iri);
  }

  static SparqlKnowledgeGraphBuilder graph(URI name) {
    return SparqlKnowledgeGraph.builder(endpoint()).httpClient(CLIENT).graphs(name);
  }
}
