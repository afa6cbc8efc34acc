package ai.kale.kg.jena;

import ai.kale.KnowledgeGraph;
import ai.kale.kg.IriGraphContract;
import ai.kale.kg.rdf.RdfStoreOptions;
import java.util.List;

class JenaMemoryContractTest extends IriGraphContract {
  @Override
  protected KnowledgeGraph create(List<String[]> triples) {
    return JenaKnowledgeGraph.of(
        JenaStores.memory(triples), RdfStoreOptions.defaults().withClosing(true));
  }
}
