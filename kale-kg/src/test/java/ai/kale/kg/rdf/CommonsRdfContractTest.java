package ai.kale.kg.rdf;

import ai.kale.KnowledgeGraph;
import ai.kale.tck.KnowledgeGraphContract;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.rdf.api.Graph;
import org.apache.commons.rdf.simple.SimpleRDF;

class CommonsRdfContractTest extends KnowledgeGraphContract {
  @Override
  protected KnowledgeGraph create(List<String[]> triples) {
    return CommonsRdfGraphs.load(graph(triples)).graph();
  }

  private static Graph graph(List<String[]> triples) {
    SimpleRDF rdf = new SimpleRDF();
    Graph graph = rdf.createGraph();
    for (String[] triple : triples) {
      graph.add(rdf.createIRI(triple[0]), rdf.createIRI(triple[1]), rdf.createIRI(triple[2]));
    }
    return graph;
  }

  /** The IRIs of Commons RDF are those of java.net.URI, which has neither spaces nor quotes. */
  @Override
  protected String entity(String name) {
    return super.entity(URLEncoder.encode(name, StandardCharsets.UTF_8));
  }

  @Override
  protected String relation(String name) {
    return super.relation(URLEncoder.encode(name, StandardCharsets.UTF_8));
  }

  @Override
  protected Optional<KnowledgeGraph> createNamed(
      List<String[]> triples, Map<String, List<String>> names) {
    SimpleRDF rdf = new SimpleRDF();
    Graph graph = graph(triples);
    names.forEach(
        (id, own) -> {
          for (int i = 0; i < own.size(); i++) {
            String property = i == 0 ? NameProperties.RDFS_LABEL : NameProperties.ALT_LABEL;
            graph.add(
                rdf.createIRI(id), rdf.createIRI(property), rdf.createLiteral(own.get(i), "en"));
          }
        });
    return Optional.of(CommonsRdfGraphs.load(graph).graph());
  }
}
