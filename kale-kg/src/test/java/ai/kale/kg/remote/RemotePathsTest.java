package ai.kale.kg.remote;

import ai.kale.KnowledgeGraph;
import ai.kale.PathExtractor;
import ai.kale.kg.path.ExactPathExtractor;
import ai.kale.tck.PathExtractorContract;
import java.util.List;

/** The exact extractor over the base, nothing cached. */
class RemotePathsTest extends PathExtractorContract {
  @Override
  protected KnowledgeGraph create(List<String[]> triples) {
    return new ListStore(triples, RemoteOptions.defaults().withMaxCachedArcs(0));
  }

  @Override
  protected PathExtractor extractor() {
    return new ExactPathExtractor();
  }
}
