package ai.kale.kg.io;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.kg.KnowledgeGraphs;
import ai.kale.kg.graph.CompactGraph;
import ai.kale.kg.graph.LoadedGraph;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NTriplesTest {
  private static final String LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>";
  private static final String ALT = "<http://www.w3.org/2004/02/skos/core#altLabel>";
  private static final String PREF = "<http://www.w3.org/2004/02/skos/core#prefLabel>";

  private final TestFiles files;

  NTriplesTest(@TempDir Path folder) {
    this.files = new TestFiles(folder);
  }

  @Test
  void readsNTriplesWithNamesInPreferredLanguages() throws IOException {
    Path file =
        files.file(
            "g.nt",
            "# a comment",
            "<http://x/a> <http://x/p> _:b1 .",
            "_:b1 <http://x/p> <http://x/c> .",
            "<http://x/a> " + LABEL + " \"Ein A\"@de .",
            "<http://x/a> " + LABEL + " \"An A\"@en-GB .",
            "<http://x/a> " + PREF + " \"The A\"@en .",
            "<http://x/a> " + ALT + " \"Alpha \\u00e9\" .",
            "<http://x/c> " + LABEL + " \"Nur C\"@de .",
            "<http://x/p> " + LABEL + " \"is part of\"@en .",
            "<http://x/a> <http://x/age> \"7\"^^<http://www.w3.org/2001/XMLSchema#int> .");
    LoadedGraph loaded = KnowledgeGraphs.load(file, LoadOptions.defaults());
    try (CompactGraph graph = loaded.graph()) {
      int[] entities = graph.entities(List.of("http://x/a", "_:b1", "http://x/c"));
      assertThat(graph.names(entities))
          .containsExactly(
              List.of("The A", "An A", "Alpha é"), List.<String>of(), List.of("Nur C"));
      assertThat(graph.relationLabel(0)).isEqualTo("is part of");
      assertThat(graph.relationCount()).isEqualTo(1);
      assertThat(graph.entityCount()).isEqualTo(3);
      assertThat(loaded.report().literalsSkipped()).isEqualTo(2);
      assertThat(loaded.report().names()).isEqualTo(5);
    }
    LoadOptions german = LoadOptions.defaults().withLanguages("de");
    try (CompactGraph graph = KnowledgeGraphs.load(file, german).graph()) {
      assertThat(graph.label(graph.entity("http://x/a").orElseThrow())).isEqualTo("Ein A");
    }
  }

  @Test
  void badNTriplesLinesAreNamedOrCounted() throws IOException {
    String good = "<http://x/a> <http://x/p> <http://x/b> .";
    Path file = files.file("g.nt", good, "<http://x/a> <http://x/p> .", good.replace("/b", "/c"));
    TestFiles.assertBad(file, 2, "malformed N-Triples");
    LoadOptions skip = LoadOptions.defaults().withBadInput(BadInputPolicy.skip(10));
    LoadedGraph loaded = KnowledgeGraphs.load(file, skip);
    assertThat(loaded.report().linesSkipped()).isEqualTo(1);
    assertThat(loaded.report().triples()).isEqualTo(2);
    assertThat(loaded.report().reasons().get(0)).contains("g.nt:2: ");
    Path cut = files.file("t.nt", good, "<http://x/a> <http://x/p> <http://x/b>");
    TestFiles.assertBad(cut, 2, "malformed");
    assertThat(KnowledgeGraphs.load(cut, skip).report().reasons().get(0)).contains("t.nt:2: ");
    Path iri = files.file("i.nt", good, "<no scheme> <http://x/p> <http://x/b> .", good);
    TestFiles.assertBad(iri, 2, "malformed");
    assertThat(KnowledgeGraphs.load(iri, skip).report().linesSkipped()).isEqualTo(1);
    byte[] latin =
        (good + "\n<http://x/\u00e9> <http://x/p> <http://x/b> .\n")
            .getBytes(StandardCharsets.ISO_8859_1);
    TestFiles.assertBad(files.file("l.nt", latin), 2, "not UTF-8");
    TestFiles.assertBad(
        files.file("lit.nt", "<http://x/a> <http://x/p> \"text\" ."), 0, "1 literals");
  }

  @Test
  void everyKindOfBadLineIsSkippedAndReadingGoesOn() throws IOException {
    String good = "<http://x/a%d> <http://x/p> <http://x/b> .";
    List<String> bad =
        List.of(
            "x",
            "  .",
            "_:",
            "_:a",
            "<http://x/a> <http://x/p> \"text",
            "<http://x/a> <http://x/p> \"text\"^^",
            "<http://x/a> <http://x/p> \"text\"@",
            "<http://x/a> <http://x/p> \"\\u00zz\" .",
            "<http://x/a> <http://x/p> <http://x/b> . <http://x/c>",
            "<http://x/a b> <http://x/p> <http://x/b> .",
            "<relative> <http://x/p> <http://x/b> .",
            "<http://x/%zz> <http://x/p> <http://x/b> .",
            "<http://x/a> " + LABEL + " \"\\uD800\" .",
            "\"text\" <http://x/p> <http://x/b> .",
            "<<<http://x/a> <http://x/p> <http://x/b>>> <http://x/p> <http://x/b> .");
    for (String suffix : List.of("nt", "nq")) {
      List<String> lines = new ArrayList<>();
      for (int i = 0; i < bad.size(); i++) {
        lines.add(bad.get(i));
        lines.add(good.formatted(i));
        TestFiles.assertBad(files.file("one." + suffix, good.formatted(0), bad.get(i)), 2);
      }
      Path file = files.file("all." + suffix, lines.toArray(new String[0]));
      LoadedGraph loaded =
          KnowledgeGraphs.load(file, LoadOptions.defaults().withBadInput(BadInputPolicy.skip(100)));
      assertThat(loaded.report().linesSkipped()).isEqualTo(bad.size());
      assertThat(loaded.report().triples()).isEqualTo(bad.size());
      assertThat(loaded.report().reasons().get(1)).contains("all." + suffix + ":3: ");
    }
  }

  @Test
  void unusualButValidIrisAreKept() throws IOException {
    List<String> iris =
        List.of(
            "urn:isbn:0451450523",
            "http://x/Düsseldorf",
            "http://x/a%20b?q=1&r=2#c",
            "https://user@x:8080/a",
            "mailto:a@x",
            "http://x");
    List<String> lines = new ArrayList<>();
    for (String iri : iris) {
      lines.add("<" + iri + "> <http://x/p> <http://x/b> .");
    }
    lines.add("<http://x/\\u00e9> <http://x/p> <http://x/b> .");
    Path file = files.file("g.nt", lines.toArray(new String[0]));
    try (CompactGraph graph = KnowledgeGraphs.read(file)) {
      assertThat(graph.entities(iris)).doesNotContain(-1);
      assertThat(graph.entity("http://x/é")).isPresent();
    }
  }
}
