package ai.kale.kg.graph;

import ai.kale.KnowledgeGraph;
import ai.kale.kg.TestGraphs;
import ai.kale.tck.KnowledgeGraphContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class MappedGraphContractTest extends KnowledgeGraphContract {
  @Override
  protected KnowledgeGraph create(List<String[]> triples) {
    return mapped(TestGraphs.of(triples));
  }

  @Override
  protected Optional<KnowledgeGraph> createWeighted(List<String[]> triples) {
    return Optional.of(mapped(TestGraphs.weighted(triples)));
  }

  private static KnowledgeGraph mapped(CompactGraph built) {
    try (CompactGraph graph = built) {
      Path file = Files.createTempFile("contract", ".kg");
      graph.write(file);
      CompactGraph opened = CompactGraph.open(file);
      Files.delete(file);
      return opened;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected Optional<KnowledgeGraph> createNamed(
      List<String[]> triples, Map<String, List<String>> names) {
    return Optional.of(mapped(TestGraphs.named(triples, names)));
  }
}
