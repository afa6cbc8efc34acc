package consumer;

import ai.kale.KnowledgeGraph;
import ai.kale.tck.KnowledgeGraphContract;
import java.util.List;

/** Everything a knowledge graph must do, for {@link MapGraph}. */
class MapGraphContractTest extends KnowledgeGraphContract {
  @Override
  protected KnowledgeGraph create(List<String[]> triples) {
    return new MapGraph(triples);
  }
}
