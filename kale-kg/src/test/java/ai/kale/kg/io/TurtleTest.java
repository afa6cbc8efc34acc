package ai.kale.kg.io;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.kg.KnowledgeGraphs;
import ai.kale.kg.graph.CompactGraph;
import ai.kale.kg.graph.LoadedGraph;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TurtleTest {
  private final TestFiles files;

  TurtleTest(@TempDir Path folder) {
    this.files = new TestFiles(folder);
  }

  @Test
  void readsPrefixesListsAndUnlabelledBlankNodes() throws IOException {
    Path file =
        files.file(
            "g.ttl",
            "\uFEFF@prefix x: <http://x/> .",
            "@base <http://base/> .",
            "x:a x:p x:b , [ x:q x:c ] ; x:r ( x:d x:e ) .",
            "<rel> x:p _:n .",
            "x:a <http://www.w3.org/2000/01/rdf-schema#label> '''Ein \n A'''@de, \"é\"@en .");
    LoadedGraph loaded = KnowledgeGraphs.load(file, LoadOptions.defaults());
    try (CompactGraph graph = loaded.graph()) {
      assertThat(graph.entities(List.of("http://base/rel", "_:n", "_:-1", "_:-2", "_:-3")))
          .doesNotContain(-1);
      assertThat(graph.label(graph.entity("http://x/a").orElseThrow())).isEqualTo("é");
      assertThat(loaded.report().triples()).isEqualTo(9);
      assertThat(KnowledgeGraphs.read(file).snapshot()).isEqualTo(graph.snapshot());
    }
  }

  @Test
  void aSyntaxErrorFailsEvenWhereLinesMayBeSkipped() throws IOException {
    String good = "<http://x/a> <http://x/p> <http://x/b> .";
    LoadOptions skip = LoadOptions.defaults().withBadInput(BadInputPolicy.skip(10));
    for (String name : List.of("g.ttl", "g.trig")) {
      Path file = files.file(name, good, "<http://x/a> <http://x/p> ;;; ] .", good);
      TestFiles.assertBad(file, 2, "malformed T");
      TestFiles.assertBad(file, skip, 2, "malformed T", "cannot be read on");
      Path cut = files.file(name, good, "<http://x/a> <http://x/p>");
      TestFiles.assertBad(cut, skip, 2, "cannot be read on");
      TestFiles.assertBad(files.file(name, good, "x:a x:p x:b ."), 2, "prefix");
      Path base = files.file(name, good, "@base <no base> .", "<a> <http://x/p> <http://x/b> .");
      TestFiles.assertBad(base, 3, "malformed IRI");
      Path prefix = files.file(name, good, "@prefix x: <no prefix> .", "x:a x:b x:c .");
      TestFiles.assertBad(prefix, 3, "malformed IRI");
    }
  }

  @Test
  void statementsWithBadIrisAreSkippedAndReadingGoesOn() throws IOException {
    Path file =
        files.file(
            "g.ttl",
            "<http://x/a> <http://x/p> <http://x/b c> ,",
            "  <http://x/b> .",
            "<relative> <http://x/p> <http://x/b> .",
            "<http://x/a> <http://x/p> '7'^^<bad type>, <http://x/d> .",
            "<< <http://x/a> <http://x/p> <http://x/b> >> <http://x/p> <http://x/e> .",
            "<http://x/a> <http://x/p> <http://x/f> .");
    TestFiles.assertBad(file, 1, "malformed IRI <http://x/b c>", "U+0020");
    LoadOptions skip = LoadOptions.defaults().withBadInput(BadInputPolicy.skip(10));
    LoadedGraph loaded = KnowledgeGraphs.load(file, skip);
    assertThat(loaded.report().triples()).isEqualTo(3);
    assertThat(loaded.report().linesSkipped()).isEqualTo(4);
    assertThat(loaded.report().reasons().get(1)).contains("g.ttl:3: ").contains("withBase");
    assertThat(loaded.report().reasons().get(3)).contains("g.ttl:5: ").contains("RDF-star");
  }

  @Test
  void aBaseCanBeGiven() throws IOException {
    Path file = files.file("g.ttl", "<a> <#p> <> .");
    TestFiles.assertBad(file, 1, "relative");
    LoadOptions base =
        LoadOptions.defaults().withRdf(RdfOptions.defaults().withBase("http://x/doc"));
    try (CompactGraph graph = KnowledgeGraphs.load(file, base).graph()) {
      assertThat(graph.entities(List.of("http://x/a", "http://x/doc"))).doesNotContain(-1);
      assertThat(graph.relation("http://x/doc#p")).isPresent();
    }
  }

  @Test
  void otherEncodingsAreErrorsWithTheLine() throws IOException {
    String good = "<http://x/a> <http://x/p> <http://x/b> .\n";
    byte[] latin =
        (good + "<http://x/\u00e9> <http://x/p> <http://x/b> .\n")
            .getBytes(StandardCharsets.ISO_8859_1);
    TestFiles.assertBad(files.file("l.ttl", latin), 2, "not UTF-8");
    byte[] cut = TestFiles.joined(good.getBytes(StandardCharsets.UTF_8), new byte[] {(byte) 0xc3});
    TestFiles.assertBad(files.file("c.trig", cut), 2, "not UTF-8");
    String large = good.repeat(4000);
    byte[] late = TestFiles.joined(large.getBytes(StandardCharsets.UTF_8), latin);
    TestFiles.assertBad(files.file("late.ttl", late), 4002, "not UTF-8");
  }

  @Test
  void charactersOverTheEdgeOfABlockAreWhole() throws IOException {
    String large = "# " + "é😀".repeat(40_000) + "\n";
    Path file = files.file("g.ttl", large + "<http://x/a> <http://x/p> <http://x/é😀> .");
    assertThat(KnowledgeGraphs.read(file).entity("http://x/é😀")).isPresent();
  }
}
