package ai.kale.kg.jena;

import ai.kale.KnowledgeGraph;
import ai.kale.tck.KnowledgeGraphContract;
import java.util.List;

class JenaMemoryContractTest extends KnowledgeGraphContract {
  @Override
  protected KnowledgeGraph create(List<String[]> triples) {
    return JenaKnowledgeGraph.of(JenaStores.memory(triples));
  }
}
