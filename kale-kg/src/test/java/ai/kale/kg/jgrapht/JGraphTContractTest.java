package ai.kale.kg.jgrapht;

import ai.kale.KnowledgeGraph;
import ai.kale.tck.KnowledgeGraphContract;
import java.util.List;

class JGraphTContractTest extends KnowledgeGraphContract {
  @Override
  protected KnowledgeGraph create(List<String[]> triples) {
    return JGraphTGraphs.wrap(triples);
  }
}
