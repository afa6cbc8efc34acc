package ai.kale.kg.path;

import ai.kale.KnowledgeGraph;
import ai.kale.PathExtractor;
import ai.kale.kg.TestGraphs;
import ai.kale.tck.PathExtractorContract;
import java.util.List;
import java.util.Optional;

class BruteForceContractTest extends PathExtractorContract {
  @Override
  protected KnowledgeGraph create(List<String[]> triples) {
    return TestGraphs.of(triples);
  }

  @Override
  protected Optional<KnowledgeGraph> createWeighted(List<String[]> triples) {
    return Optional.of(TestGraphs.weighted(triples));
  }

  @Override
  protected PathExtractor extractor() {
    return new BruteForcePathExtractor();
  }
}
