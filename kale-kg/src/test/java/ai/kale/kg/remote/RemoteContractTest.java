package ai.kale.kg.remote;

import ai.kale.KnowledgeGraph;
import ai.kale.tck.KnowledgeGraphContract;
import java.util.List;

/** The base over a list of triples, with batches and a cache too small for the whole. */
class RemoteContractTest extends KnowledgeGraphContract {
  @Override
  protected KnowledgeGraph create(List<String[]> triples) {
    return new ListStore(triples, RemoteOptions.defaults().withBatchSize(3).withMaxCachedArcs(10));
  }
}
