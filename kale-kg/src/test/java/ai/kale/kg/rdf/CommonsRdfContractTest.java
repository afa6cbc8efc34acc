package ai.kale.kg.rdf;

import ai.kale.KnowledgeGraph;
import ai.kale.tck.KnowledgeGraphContract;
import java.util.List;
import org.apache.commons.rdf.api.Graph;
import org.apache.commons.rdf.simple.SimpleRDF;

class CommonsRdfContractTest extends KnowledgeGraphContract {
  @Override
  protected KnowledgeGraph create(List<String[]> triples) {
    SimpleRDF rdf = new SimpleRDF();
    Graph graph = rdf.createGraph();
    for (String[] triple : triples) {
      graph.add(rdf.createIRI(triple[0]), rdf.createIRI(triple[1]), rdf.createIRI(triple[2]));
    }
    return CommonsRdfKnowledgeGraph.of(graph);
  }
}
