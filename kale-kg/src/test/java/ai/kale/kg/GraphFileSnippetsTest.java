package ai.kale.kg;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.kg.graph.CompactGraph;
import ai.kale.kg.graph.CompactGraphBuilder;
import ai.kale.kg.graph.TripleSource;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snippets of docs/knowledge-graphs.md, between the marks; keep both the same. */
class GraphFileSnippetsTest {
  @Test
  void writeAndOpen(@TempDir Path folder) {
    CompactGraph graph = TestGraphs.of("a knows b");
    Path file = folder.resolve("facts.kg");
    // snippet: file
    graph.write(file); // once
    CompactGraph.verify(file); // after a copy or a download
    try (CompactGraph mapped = CompactGraph.open(file)) {
      System.out.println(mapped); // CompactGraph[entities=2, relations=1, triples=1]
    }
    // end
    try (CompactGraph mapped = CompactGraph.open(file)) {
      assertThat(mapped).hasToString("CompactGraph[entities=2, relations=1, triples=1]");
    }
  }

  @Test
  void sources() {
    // snippet: sources
    CompactGraph graph =
        new CompactGraphBuilder()
            .keepWeights()
            .keepSources()
            .at(1, "http://example.org/films")
            .addTriple("Kismet", "directed_by", "William Dieterle", 0.9f)
            .build();
    Optional<TripleSource> source = graph.source(0, 0, 1); // line 1 of http://example.org/films
    // end
    assertThat(source).contains(new TripleSource(1, "http://example.org/films"));
  }
}
