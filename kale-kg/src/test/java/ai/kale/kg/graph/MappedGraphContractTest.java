package ai.kale.kg.graph;

import ai.kale.KnowledgeGraph;
import ai.kale.kg.TestGraphs;
import ai.kale.tck.KnowledgeGraphContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class MappedGraphContractTest extends KnowledgeGraphContract {
  @Override
  protected KnowledgeGraph create(List<String[]> triples) {
    try (CompactGraph graph = TestGraphs.of(triples)) {
      Path file = Files.createTempFile("contract", ".kg");
      graph.write(file);
      CompactGraph opened = CompactGraph.open(file);
      Files.delete(file);
      return opened;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
