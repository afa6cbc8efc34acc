package ai.kale.kg.remote;

import ai.kale.KnowledgeGraph;
import ai.kale.PathExtractor;
import ai.kale.kg.path.AStarPathExtractor;
import ai.kale.tck.PathExtractorContract;
import java.util.List;
import java.util.Optional;

/** A* over the base of stores, whose handles are issued during the search. */
class RemoteAStarTest extends PathExtractorContract {
  @Override
  protected KnowledgeGraph create(List<String[]> triples) {
    return new ListStore(triples);
  }

  @Override
  protected Optional<KnowledgeGraph> createWeighted(List<String[]> triples) {
    return Optional.of(new ListStore(triples));
  }

  @Override
  protected PathExtractor extractor() {
    return new AStarPathExtractor().withAnchors(2).withNeighbourhood(1);
  }
}
