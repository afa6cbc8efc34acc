package ai.kale.kg;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.KnowledgeGraph;
import ai.kale.PathQuery;
import ai.kale.PathResult;
import ai.kale.kg.graph.LoadedGraph;
import ai.kale.kg.jena.JenaKnowledgeGraph;
import ai.kale.kg.neo4j.Neo4jKnowledgeGraph;
import ai.kale.kg.neo4j.Neo4jOptions;
import ai.kale.kg.neo4j.Neo4jServer;
import ai.kale.kg.path.ExactPathExtractor;
import ai.kale.kg.rdf.RdfStoreOptions;
import ai.kale.kg.rdf4j.Rdf4jKnowledgeGraph;
import java.io.IOException;
import java.io.StringReader;
import org.apache.jena.query.Dataset;
import org.apache.jena.query.DatasetFactory;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.system.Txn;
import org.eclipse.rdf4j.repository.Repository;
import org.eclipse.rdf4j.repository.RepositoryConnection;
import org.eclipse.rdf4j.repository.sail.SailRepository;
import org.eclipse.rdf4j.rio.RDFFormat;
import org.eclipse.rdf4j.sail.memory.MemoryStore;
import org.junit.jupiter.api.Test;
import org.neo4j.driver.Driver;

/** The snippets of the section "Stores" in docs/knowledge-graphs.md. */
class StoreSnippetsTest {
  private static final String DATA =
      """
      <http://example.org/kismet> <http://example.org/directedBy> <http://example.org/dieterle> .
      <http://example.org/dieterle> <http://example.org/bornIn> <http://example.org/ludwigshafen> .
      """;

  @Test
  void rdf4j() throws IOException {
    Repository repository = new SailRepository(new MemoryStore());
    try (RepositoryConnection connection = repository.getConnection()) {
      connection.add(new StringReader(DATA), RDFFormat.NTRIPLES);
    }
    // snippet: rdf4j
    RdfStoreOptions options =
        RdfStoreOptions.defaults()
            .withGraphs("") // only the default graph; all graphs unless said
            .withLanguages("de", "en", "");
    try (KnowledgeGraph graph = Rdf4jKnowledgeGraph.of(repository, options)) {
      int film = graph.entity("http://example.org/kismet").orElseThrow();
      int city = graph.entity("http://example.org/ludwigshafen").orElseThrow();
      PathQuery query = PathQuery.between(new int[] {film}, new int[] {city}).withMaxHops(3);
      PathResult result = new ExactPathExtractor().extract(graph, query);
      assertThat(result.paths()).hasSize(1);
    }
    // end
    repository.shutDown();
  }

  @Test
  void jena() {
    Dataset dataset = DatasetFactory.createTxnMem();
    Txn.executeWrite(
        dataset, () -> RDFParser.fromString(DATA, Lang.NT).parse(dataset.asDatasetGraph()));
    // snippet: jena
    KnowledgeGraph graph = JenaKnowledgeGraph.of(dataset);
    Txn.executeRead( // optional: all look-ups below see one state of the data
        dataset, () -> assertThat(graph.entity("http://example.org/kismet")).isPresent());
    // end
    graph.close();
  }

  @Test
  void neo4j() {
    Driver driver = Neo4jServer.running().driver();
    Neo4jServer.running()
        .load(
            "CREATE (:Film {id: 'f1', title: 'Kismet'})-[:DIRECTED_BY {confidence: 0.9}]->"
                + "(:Person {id: 'p1', name: 'William Dieterle'})");
    // snippet: neo4j
    Neo4jOptions options =
        Neo4jOptions.defaults()
            .withIdProperty("id")
            .withNodeLabels("Film", "Person")
            .withNameProperties("title", "name")
            .withWeightProperty("confidence");
    try (KnowledgeGraph graph = Neo4jKnowledgeGraph.of(driver, options)) {
      int film = graph.entity("f1").orElseThrow();
      assertThat(graph.label(film)).isEqualTo("Kismet");
    }
    // end
  }

  @Test
  void copy() throws IOException {
    Repository repository = new SailRepository(new MemoryStore());
    try (RepositoryConnection connection = repository.getConnection()) {
      connection.add(new StringReader(DATA), RDFFormat.NTRIPLES);
    }
    // snippet: storecopy
    try (Rdf4jKnowledgeGraph store = Rdf4jKnowledgeGraph.of(repository)) {
      LoadedGraph copy = store.toCompact(); // one pass over the store
      System.out.println(copy.report());
      assertThat(copy.graph().entity("http://example.org/kismet")).isPresent();
    }
    // end
    repository.shutDown();
  }
}
