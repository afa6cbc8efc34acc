package ai.kale.kg.io;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.kg.KnowledgeGraphs;
import ai.kale.kg.graph.CompactGraph;
import ai.kale.kg.graph.LoadedGraph;
import ai.kale.kg.graph.TripleSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamedGraphsTest {
  private final TestFiles files;

  NamedGraphsTest(@TempDir Path folder) {
    this.files = new TestFiles(folder);
  }

  private Path quads() throws IOException {
    return files.file(
        "g.nq",
        "<http://x/a> <http://x/p> <http://x/b> .",
        "<http://x/a> <http://x/p> <http://x/c> <http://x/g> .",
        "<http://x/a> <http://x/p> <http://x/d> _:g .",
        "<http://x/a> <http://x/p> <http://x/e> <http://x/h> .");
  }

  private Path trig() throws IOException {
    return files.file(
        "g.trig",
        "<http://x/a> <http://x/p> <http://x/b> .",
        "<http://x/g> { <http://x/a> <http://x/p> <http://x/c> . }",
        "_:g { <http://x/a> <http://x/p> <http://x/d> }",
        "GRAPH <http://x/h> { <http://x/a> <http://x/p> <http://x/e> . }");
  }

  @Test
  void namedGraphsAreMergedAndTriplesKnowTheirs() throws IOException {
    for (Path file : List.of(quads(), trig())) {
      LoadOptions options = LoadOptions.defaults().withSources();
      try (CompactGraph graph = KnowledgeGraphs.load(file, options).graph()) {
        int a = graph.entity("http://x/a").orElseThrow();
        List<TripleSource> sources = new ArrayList<>();
        for (String id : List.of("b", "c", "d", "e")) {
          int object = graph.entity("http://x/" + id).orElseThrow();
          sources.add(graph.source(a, 0, object).orElseThrow());
        }
        assertThat(sources)
            .containsExactly(
                new TripleSource(1, ""),
                new TripleSource(2, "http://x/g"),
                new TripleSource(3, "_:g"),
                new TripleSource(4, "http://x/h"));
      }
      assertThat(KnowledgeGraphs.read(file).hasSources()).isFalse();
    }
  }

  @Test
  void namedGraphsCanBeChosen() throws IOException {
    for (Path file : List.of(quads(), trig())) {
      LoadedGraph loaded =
          KnowledgeGraphs.load(file, LoadOptions.defaults().withGraphs("", "http://x/h"));
      assertThat(loaded.graph().entities(List.of("http://x/b", "http://x/e"))).doesNotContain(-1);
      assertThat(loaded.report().triples()).isEqualTo(2);
      assertThat(loaded.report().excluded()).isEqualTo(2);
      LoadOptions none = LoadOptions.defaults().withGraphs("http://x/none");
      TestFiles.assertBad(file, none, 0, "4 statements excluded");
    }
  }

  @Test
  void aBadQuadDoesNotLendItsGraphToTheNextLine() throws IOException {
    Path file =
        files.file(
            "g.nq",
            "<http://x/a> <http://x/p> <http://x/c> <http://x/g> junk .",
            "<http://x/a> <http://x/p> <http://x/b> .");
    LoadOptions options = LoadOptions.defaults().withSources().withBadInput(BadInputPolicy.skip(1));
    try (CompactGraph graph = KnowledgeGraphs.load(file, options).graph()) {
      int a = graph.entity("http://x/a").orElseThrow();
      int b = graph.entity("http://x/b").orElseThrow();
      assertThat(graph.source(a, 0, b)).contains(new TripleSource(2, ""));
    }
  }
}
