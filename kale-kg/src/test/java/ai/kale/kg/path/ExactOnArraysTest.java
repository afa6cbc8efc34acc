package ai.kale.kg.path;

import ai.kale.KnowledgeGraph;
import ai.kale.PathExtractor;
import ai.kale.kg.TestGraphs;
import ai.kale.tck.PathExtractorContract;
import java.util.List;

class ExactOnArraysTest extends PathExtractorContract {
  @Override
  protected KnowledgeGraph create(List<String[]> triples) {
    return TestGraphs.of(triples);
  }

  @Override
  protected PathExtractor extractor() {
    return new ExactPathExtractor();
  }
}
