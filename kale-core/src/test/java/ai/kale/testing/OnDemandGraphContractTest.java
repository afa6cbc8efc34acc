package ai.kale.testing;

import ai.kale.KnowledgeGraph;
import ai.kale.tck.KnowledgeGraphContract;
import java.util.List;

/** A graph that cannot be enumerated, as remote stores are. */
class OnDemandGraphContractTest extends KnowledgeGraphContract {
  @Override
  protected KnowledgeGraph create(List<String[]> triples) {
    return new ModelGraph(triples, true);
  }
}
