package ai.kale.kg.graph;

import ai.kale.KnowledgeGraph;
import ai.kale.kg.TestGraphs;
import ai.kale.tck.KnowledgeGraphContract;
import java.util.List;

class CompactGraphContractTest extends KnowledgeGraphContract {
  @Override
  protected KnowledgeGraph create(List<String[]> triples) {
    return TestGraphs.of(triples);
  }
}
