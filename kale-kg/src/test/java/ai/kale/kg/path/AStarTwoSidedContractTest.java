package ai.kale.kg.path;

import ai.kale.KnowledgeGraph;
import ai.kale.PathExtractor;
import ai.kale.kg.jgrapht.JGraphTGraphs;
import ai.kale.tck.PathExtractorContract;
import java.util.List;
import java.util.Optional;

/** The variant with the targets as anchors, on a graph it can only ask through {@code expand}. */
class AStarTwoSidedContractTest extends PathExtractorContract {
  @Override
  protected KnowledgeGraph create(List<String[]> triples) {
    return JGraphTGraphs.wrap(triples);
  }

  @Override
  protected Optional<KnowledgeGraph> createWeighted(List<String[]> triples) {
    return Optional.of(JGraphTGraphs.wrapWeighted(triples));
  }

  @Override
  protected PathExtractor extractor() {
    return new AStarPathExtractor().withTwoSided(true).withSteps(2);
  }
}
