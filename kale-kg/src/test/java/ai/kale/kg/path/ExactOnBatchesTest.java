package ai.kale.kg.path;

import ai.kale.KnowledgeGraph;
import ai.kale.PathExtractor;
import ai.kale.kg.jgrapht.JGraphTGraphs;
import ai.kale.tck.PathExtractorContract;
import java.util.List;

/** The exact extractor on a graph it can only ask through {@code expand}. */
class ExactOnBatchesTest extends PathExtractorContract {
  @Override
  protected KnowledgeGraph create(List<String[]> triples) {
    return JGraphTGraphs.wrap(triples);
  }

  @Override
  protected PathExtractor extractor() {
    return new ExactPathExtractor();
  }
}
