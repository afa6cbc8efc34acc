package ai.kale.kg.jgrapht;

import ai.kale.KnowledgeGraph;
import ai.kale.tck.KnowledgeGraphContract;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class JGraphTContractTest extends KnowledgeGraphContract {
  @Override
  protected KnowledgeGraph create(List<String[]> triples) {
    return JGraphTGraphs.wrap(triples);
  }

  @Override
  protected Optional<KnowledgeGraph> createWeighted(List<String[]> triples) {
    return Optional.of(JGraphTGraphs.wrapWeighted(triples));
  }

  @Override
  protected Optional<KnowledgeGraph> createNamed(
      List<String[]> triples, Map<String, List<String>> names) {
    return Optional.of(
        new JGraphTKnowledgeGraph<>(
            JGraphTGraphs.graph(triples),
            vertex -> vertex,
            JGraphTGraphs.Edge::relation,
            vertex -> names.getOrDefault(vertex, List.of())));
  }

  @Override
  protected boolean namesRelations() {
    return false;
  }
}
