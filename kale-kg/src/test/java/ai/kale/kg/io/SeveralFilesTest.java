package ai.kale.kg.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.InvalidInputException;
import ai.kale.error.SetupException;
import ai.kale.kg.KnowledgeGraphs;
import ai.kale.kg.graph.CompactGraph;
import ai.kale.kg.graph.LoadedGraph;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeveralFilesTest {
  private final TestFiles files;

  SeveralFilesTest(@TempDir Path folder) {
    this.files = new TestFiles(folder);
  }

  @Test
  void severalFilesBecomeOneGraphWithOneReport() throws IOException {
    byte[] zipped = TestFiles.gzip("<http://x/b> <http://x/p> <http://x/c> .\nbad\n");
    List<Path> all =
        List.of(
            files.file("a.tsv", "http://x/a\thttp://x/p\thttp://x/b"),
            files.file("b.nt.gz", zipped),
            files.file(
                "c.ttl",
                "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .",
                "<http://x/a> rdfs:label 'A'@en ; <http://x/p> <http://x/b> ."),
            files.file("d.csv", "subject,relation,object", "http://x/c,http://x/p,http://x/d"));
    LoadOptions options = LoadOptions.defaults().withBadInput(BadInputPolicy.skip(1));
    LoadedGraph loaded = KnowledgeGraphs.load(all, options);
    try (CompactGraph graph = loaded.graph()) {
      assertThat(graph.entityCount()).isEqualTo(4);
      assertThat(graph.label(graph.entity("http://x/a").orElseThrow())).isEqualTo("A");
      assertThat(loaded.report().triples()).isEqualTo(3);
      assertThat(loaded.report().duplicates()).isEqualTo(1);
      assertThat(loaded.report().linesSkipped()).isEqualTo(1);
      assertThat(loaded.report().reasons().get(0)).contains("b.nt.gz:2: ");
    }
  }

  @Test
  void blankNodesOfDifferentFilesStayDifferent() throws IOException {
    Path one = files.file("one.nt", "_:b <http://x/p> <http://x/a> .", "_:b <http://x/q> _:b .");
    Path two = files.file("two.ttl", "_:b <http://x/p> <http://x/a>, [] .");
    try (CompactGraph graph =
        KnowledgeGraphs.load(List.of(one, two), LoadOptions.defaults()).graph()) {
      assertThat(graph.entities(List.of("_:f1-b", "_:f2-b", "_:f2--1"))).doesNotContain(-1);
      assertThat(graph.entityCount()).isEqualTo(4);
    }
    try (CompactGraph graph = KnowledgeGraphs.load(List.of(one), LoadOptions.defaults()).graph()) {
      assertThat(graph.entity("_:b")).isPresent();
    }
  }

  @Test
  void theCapOnBadLinesIsForAllFilesTogether() throws IOException {
    List<Path> all =
        List.of(files.file("a.tsv", "a\tr\tb", "bad"), files.file("b.tsv", "a\tr\tc", "bad"));
    LoadOptions one = LoadOptions.defaults().withBadInput(BadInputPolicy.skip(1));
    assertThatThrownBy(() -> KnowledgeGraphs.load(all, one))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("b.tsv:2: ")
        .hasMessageContaining("after 1 skipped lines");
    LoadOptions two = LoadOptions.defaults().withBadInput(BadInputPolicy.skip(2));
    assertThat(KnowledgeGraphs.load(all, two).report().linesSkipped()).isEqualTo(2);
  }

  @Test
  void anEmptyListAndMissingFilesAreRefused() {
    assertThatThrownBy(() -> KnowledgeGraphs.load(List.of(), LoadOptions.defaults()))
        .isInstanceOf(IllegalArgumentException.class);
    Path none = files.folder().resolve("none.nt");
    assertThatThrownBy(() -> KnowledgeGraphs.load(List.of(none), LoadOptions.defaults()))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("none.nt");
  }
}
