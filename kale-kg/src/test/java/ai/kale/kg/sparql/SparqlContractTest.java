package ai.kale.kg.sparql;

import ai.kale.KnowledgeGraph;
import ai.kale.tck.KnowledgeGraphContract;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Everything a knowledge graph must do, over HTTP. Entities and names are looked up together at the
 * start, so that the many look-ups of the contract do not cost a request each.
 */
class SparqlContractTest extends KnowledgeGraphContract {
  /** Not every name can stand in an IRI. */
  private static String escaped(String name) {
    return name.replace("%", "%25").replace(" ", "%20").replace("\"", "%22");
  }

  @Override
  protected String entity(String name) {
    return super.entity(escaped(name));
  }

  @Override
  protected String relation(String name) {
    return super.relation(escaped(name));
  }

  /** The options to test. */
  SparqlKnowledgeGraphBuilder options(SparqlKnowledgeGraphBuilder builder) {
    return builder;
  }

  @Override
  protected KnowledgeGraph create(List<String[]> triples) {
    KnowledgeGraph graph = options(Fuseki.graph(Fuseki.store(triples))).build();
    TreeSet<String> ids = new TreeSet<>();
    triples.forEach(triple -> ids.addAll(List.of(triple[0], triple[2])));
    graph.names(graph.entities(new ArrayList<>(ids)));
    return graph;
  }
}
