package ai.kale.kg;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.Direction;
import ai.kale.KnowledgeGraph;
import ai.kale.kg.graph.CompactCopies;
import ai.kale.kg.graph.CompactGraph;
import ai.kale.kg.graph.CompactGraphBuilder;
import ai.kale.kg.graph.ForwardingKnowledgeGraph;
import ai.kale.kg.graph.GraphStatistics;
import ai.kale.kg.graph.SubGraph;
import ai.kale.kg.jgrapht.JGraphTView;
import ai.kale.kg.jgrapht.TripleEdge;
import ai.kale.kg.rdf.CommonsRdfGraphs;
import ai.kale.kg.rdf.CommonsRdfOptions;
import ai.kale.kg.rdf.CommonsRdfView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.apache.commons.rdf.api.Dataset;
import org.apache.commons.rdf.api.Graph;
import org.apache.commons.rdf.simple.SimpleRDF;
import org.jgrapht.GraphPath;
import org.jgrapht.alg.scoring.PageRank;
import org.jgrapht.alg.shortestpath.BidirectionalDijkstraShortestPath;
import org.junit.jupiter.api.Test;

/** The snippets of docs/knowledge-graphs.md about whole graphs and parts of them. */
class GraphToolsSnippetsTest {
  private final CompactGraph graph =
      new CompactGraphBuilder()
          .addTriple("Kismet", "directed_by", "William Dieterle")
          .addTriple("William Dieterle", "place_of_birth", "Ludwigshafen")
          .addTriple("Kismet", "type", "film")
          .addLabel("Kismet", "Kismet")
          .build();

  @Test
  void statistics() throws IOException {
    // snippet: statistics
    GraphStatistics statistics = GraphStatistics.of(graph, 5); // name the 5 largest hubs
    System.out.println(statistics.describe());
    if (statistics.nameCoverage() < 0.5) {
      System.out.println("half of the entities have no name: link by id, or load labels");
    }
    // end
    assertThat(statistics.nameCoverage()).isEqualTo(0.25);
    Path module = Path.of(System.getProperty("basedir", "."));
    assertThat(Files.readString(module.resolve("../docs/knowledge-graphs.md")))
        .contains(statistics.describe().lines().toList());
  }

  @Test
  void parts() {
    // snippet: parts
    CompactGraph part =
        SubGraph.of(graph)
            .around(Set.of("Kismet"), 2, Direction.BOTH) // 2 hops
            .hubLimit(10_000) // do not go through larger hubs
            .excludeRelations(Set.of("type"))
            .copy();
    // end
    assertThat(part.tripleCount()).hasValue(2);
    KnowledgeGraph any = new ForwardingKnowledgeGraph(graph) {};
    // snippet: whole
    CompactGraph copy = CompactCopies.of(any); // any graph that can be enumerated
    any.triples(
        (subject, relation, object, weight) -> {
          System.out.println(any.label(subject) + " " + any.relationLabel(relation));
          return true; // go on
        });
    // end
    assertThat(copy.snapshot()).isEqualTo(graph.snapshot());
  }

  @Test
  void jgrapht() {
    // snippet: jgrapht
    JGraphTView view = new JGraphTView(graph);
    int film = graph.entity("Kismet").orElseThrow();
    int city = graph.entity("Ludwigshafen").orElseThrow();
    double rank = new PageRank<>(view).getVertexScore(city);
    GraphPath<Integer, TripleEdge> path =
        new BidirectionalDijkstraShortestPath<>(view).getPath(film, city);
    // end
    assertThat(rank).isPositive();
    assertThat(path.getLength()).isEqualTo(2);
  }

  @Test
  void commonsRdf() {
    SimpleRDF rdf = new SimpleRDF();
    Dataset dataset = rdf.createDataset();
    dataset.add(
        rdf.createIRI("http://example.org/graphs/films"),
        rdf.createIRI("http://example.org/Kismet"),
        rdf.createIRI("http://example.org/directed_by"),
        rdf.createIRI("http://example.org/Dieterle"));
    // snippet: rdfdatasets
    CommonsRdfOptions options =
        CommonsRdfOptions.defaults()
            .withGraphs("", "http://example.org/graphs/films") // "" is the default graph
            .withSources(); // keep the graph of each triple
    CompactGraph films = CommonsRdfGraphs.load(dataset, options).graph();
    // end
    int film = films.entity("http://example.org/Kismet").orElseThrow();
    int director = films.entity("http://example.org/Dieterle").orElseThrow();
    assertThat(films.source(film, 0, director).orElseThrow().graphName())
        .isEqualTo("http://example.org/graphs/films");
    // snippet: rdfview
    Graph out =
        CommonsRdfView.builder(graph)
            .base("http://example.org/") // for ids that are no absolute IRIs
            .names("en") // rdfs:label and skos:altLabel
            .build();
    out.stream(rdf.createIRI("http://example.org/Kismet"), null, null).forEach(System.out::println);
    // end
    assertThat(out.size()).isEqualTo(4);
  }
}
