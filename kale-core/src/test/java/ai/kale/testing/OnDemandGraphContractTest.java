package ai.kale.testing;

import ai.kale.KnowledgeGraph;
import ai.kale.tck.KnowledgeGraphContract;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A graph that cannot be enumerated, as remote stores are. */
class OnDemandGraphContractTest extends KnowledgeGraphContract {
  @Override
  protected KnowledgeGraph create(List<String[]> triples) {
    return new ModelGraph(triples, true);
  }

  @Override
  protected Optional<KnowledgeGraph> createNamed(
      List<String[]> triples, Map<String, List<String>> names) {
    return Optional.of(new ModelGraph(triples, true).named(names));
  }
}
