package ai.kale.kg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.KnowledgeGraph;
import ai.kale.error.SetupException;
import ai.kale.kg.graph.CompactGraph;
import ai.kale.kg.io.LoadOptions;
import ai.kale.spi.Providers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnowledgeGraphsTest {
  @Test
  void aGraphFileIsOpenedByItsSuffix(@TempDir Path folder) {
    Path file = folder.resolve("facts.KG");
    try (CompactGraph graph = TestGraphs.of("a knows b", "b knows c")) {
      graph.write(file);
      try (CompactGraph opened = KnowledgeGraphs.read(file);
          KnowledgeGraph provided = Providers.openGraph(file.toUri())) {
        assertThat(opened.snapshot()).isEqualTo(graph.snapshot()).isEqualTo(provided.snapshot());
      }
    }
    assertThatThrownBy(() -> KnowledgeGraphs.load(file, LoadOptions.defaults()))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("CompactGraph.open");
  }
}
