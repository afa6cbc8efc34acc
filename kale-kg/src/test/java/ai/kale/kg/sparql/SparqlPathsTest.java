package ai.kale.kg.sparql;

import ai.kale.KnowledgeGraph;
import ai.kale.PathExtractor;
import ai.kale.kg.path.ExactPathExtractor;
import ai.kale.tck.PathExtractorContract;
import java.util.List;

/** The exact extractor over HTTP: the same paths in the same order. */
class SparqlPathsTest extends PathExtractorContract {
  @Override
  protected KnowledgeGraph create(List<String[]> triples) {
    return Fuseki.graph(Fuseki.store(triples)).build();
  }

  @Override
  protected PathExtractor extractor() {
    return new ExactPathExtractor();
  }
}
