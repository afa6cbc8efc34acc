package ai.kale.kg.rdf4j;

import ai.kale.KnowledgeGraph;
import ai.kale.kg.rdf.RdfStoreOptions;
import ai.kale.tck.KnowledgeGraphContract;
import java.util.List;

class Rdf4jMemoryContractTest extends KnowledgeGraphContract {
  @Override
  protected KnowledgeGraph create(List<String[]> triples) {
    return Rdf4jKnowledgeGraph.of(
        Rdf4jStores.memory(triples), RdfStoreOptions.defaults().withClosing(true));
  }
}
