package ai.kale.kg.remote;

import ai.kale.GraphCapability;
import ai.kale.KnowledgeGraph;
import ai.kale.tck.KnowledgeGraphContract;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The base over a list of triples, with batches and a cache too small for the whole. */
class RemoteContractTest extends KnowledgeGraphContract {
  private static final RemoteOptions SMALL =
      RemoteOptions.defaults().withBatchSize(3).withMaxCachedArcs(10);

  @Override
  protected KnowledgeGraph create(List<String[]> triples) {
    return new ListStore(triples, SMALL);
  }

  @Override
  protected Optional<KnowledgeGraph> createWeighted(List<String[]> triples) {
    return Optional.of(
        new ListStore(triples, SMALL) {
          @Override
          public Set<GraphCapability> capabilities() {
            requireOpen();
            return Set.of(GraphCapability.WEIGHTS);
          }
        });
  }

  @Override
  protected Optional<KnowledgeGraph> createNamed(
      List<String[]> triples, Map<String, List<String>> names) {
    ListStore store = new ListStore(triples, SMALL);
    store.names.putAll(names);
    store.relationNames.putAll(names);
    return Optional.of(store);
  }
}
