package ai.kale.kg.rdf4j;

import ai.kale.KnowledgeGraph;
import ai.kale.kg.IriGraphContract;
import ai.kale.kg.rdf.RdfStoreOptions;
import java.util.List;

class Rdf4jMemoryContractTest extends IriGraphContract {
  @Override
  protected KnowledgeGraph create(List<String[]> triples) {
    return Rdf4jKnowledgeGraph.of(
        Rdf4jStores.memory(triples), RdfStoreOptions.defaults().withClosing(true));
  }
}
