package ai.kale.kg.graph;

import ai.kale.KnowledgeGraph;
import ai.kale.kg.TestGraphs;
import ai.kale.tck.KnowledgeGraphContract;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class CompactGraphContractTest extends KnowledgeGraphContract {
  @Override
  protected KnowledgeGraph create(List<String[]> triples) {
    return TestGraphs.of(triples);
  }

  @Override
  protected Optional<KnowledgeGraph> createWeighted(List<String[]> triples) {
    return Optional.of(TestGraphs.weighted(triples));
  }

  @Override
  protected Optional<KnowledgeGraph> createNamed(
      List<String[]> triples, Map<String, List<String>> names) {
    return Optional.of(TestGraphs.named(triples, names));
  }
}
