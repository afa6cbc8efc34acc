package ai.kale.kg.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.InvalidInputException;
import ai.kale.error.OperationCancelledException;
import ai.kale.kg.KnowledgeGraphs;
import ai.kale.kg.graph.CompactGraph;
import ai.kale.run.CancellationToken;
import ai.kale.run.ProgressListener;
import ai.kale.run.RunContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RdfXmlTest {
  private static final String HEAD =
      "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'"
          + " xmlns:rdfs='http://www.w3.org/2000/01/rdf-schema#' xmlns:x='http://x/'>";

  private final TestFiles files;

  RdfXmlTest(@TempDir Path folder) {
    this.files = new TestFiles(folder);
  }

  private Path xml(String... lines) throws IOException {
    return files.file("g.rdf", lines);
  }

  @Test
  void readsResourcesAndLabels() throws IOException {
    Path file =
        xml(
            "<?xml version='1.0'?>",
            HEAD,
            "<rdf:Description rdf:about='http://x/a' rdfs:label='An &amp; A'>",
            "  <x:p rdf:resource='http://x/b'/>",
            "  <x:q><x:Type/></x:q>",
            "</rdf:Description></rdf:RDF>");
    LoadOptions options = LoadOptions.defaults().withSources();
    try (CompactGraph graph = KnowledgeGraphs.load(file, options).graph()) {
      int a = graph.entity("http://x/a").orElseThrow();
      assertThat(graph.label(a)).isEqualTo("An & A");
      assertThat(graph.entity("_:-1")).isPresent();
      int b = graph.entity("http://x/b").orElseThrow();
      int p = graph.relation("http://x/p").orElseThrow();
      assertThat(graph.source(a, p, b).orElseThrow().line()).isBetween(4L, 5L);
      assertThat(graph.tripleCount()).hasValue(3);
    }
  }

  @Test
  void theDeclaredEncodingCounts() throws IOException {
    String text =
        "<?xml version='1.0' encoding='ISO-8859-1'?>"
            + HEAD
            + "<rdf:Description rdf:about='http://x/a' rdfs:label='\u00e9'>"
            + "<x:p rdf:resource='http://x/b'/></rdf:Description></rdf:RDF>";
    byte[] latin = text.getBytes(StandardCharsets.ISO_8859_1);
    try (CompactGraph graph = KnowledgeGraphs.read(files.file("l.owl", latin))) {
      assertThat(graph.label(graph.entity("http://x/a").orElseThrow())).isEqualTo("é");
    }
    byte[] wrong = text.replace("ISO-8859-1", "UTF-8").getBytes(StandardCharsets.ISO_8859_1);
    Path file = files.file("w.rdf", wrong);
    assertThatThrownBy(() -> KnowledgeGraphs.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("UTF-8");
  }

  @Test
  void documentTypeDeclarationsAreRefused() throws IOException {
    Path secret = files.file("secret.txt", "top secret");
    StringBuilder laughs = new StringBuilder("<!ENTITY l0 'ha'>");
    for (int i = 1; i < 30; i++) {
      laughs.append("<!ENTITY l%d '&l%d;&l%d;'>".formatted(i, i - 1, i - 1));
    }
    List<String> declarations =
        List.of(
            laughs.toString(),
            "<!ENTITY l29 SYSTEM '" + secret.toUri() + "'>",
            "<!ENTITY l29 SYSTEM 'http://127.0.0.1:9/x'>",
            "<!ENTITY % p SYSTEM 'http://127.0.0.1:9/x'> %p; <!ENTITY l29 'x'>",
            "<!ENTITY l29 'harmless'>");
    LoadOptions skip = LoadOptions.defaults().withBadInput(BadInputPolicy.skip(10));
    for (String declaration : declarations) {
      Path file =
          xml(
              "<!DOCTYPE rdf:RDF [" + declaration + "]>",
              HEAD,
              "<rdf:Description rdf:about='http://x/a' ><rdfs:label>&l29;</rdfs:label>",
              "<x:p rdf:resource='http://x/b'/></rdf:Description></rdf:RDF>");
      TestFiles.assertBad(file, 1, "DOCTYPE", "refused");
      TestFiles.assertBad(file, skip, 1, "DOCTYPE", "refused");
    }
    Path external = xml("<!DOCTYPE x SYSTEM '" + secret.toUri() + "'>", HEAD, "</rdf:RDF>");
    TestFiles.assertBad(external, 1, "DOCTYPE", "refused");
  }

  @Test
  void syntaxErrorsFailAndBadIrisAreSkipped() throws IOException {
    String good = "<rdf:Description rdf:about='http://x/a'><x:p rdf:resource='http://x/b'/>";
    LoadOptions skip = LoadOptions.defaults().withBadInput(BadInputPolicy.skip(10));
    Path cut = xml(HEAD, good);
    TestFiles.assertBad(cut, 2, "malformed RDF/XML");
    TestFiles.assertBad(cut, skip, 2, "cannot be read on");
    TestFiles.assertBad(xml(HEAD, good + "</x:p></rdf:RDF>"), 2, "malformed RDF/XML", "column");
    Path iri =
        xml(HEAD, good, "<x:p rdf:resource='http://x/b c'/>", "</rdf:Description></rdf:RDF>");
    assertThatThrownBy(() -> KnowledgeGraphs.read(iri))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("malformed IRI");
    assertThat(KnowledgeGraphs.load(iri, skip).report().linesSkipped()).isEqualTo(1);
    Path relative = xml(HEAD, good.replace("http://x/a", "#a"), "</rdf:Description></rdf:RDF>");
    TestFiles.assertBad(relative, 2, "withBase");
    LoadOptions base = LoadOptions.defaults().withRdf(RdfOptions.defaults().withBase("http://x/"));
    assertThat(KnowledgeGraphs.load(relative, base).graph().entity("http://x/#a")).isPresent();
  }

  @Test
  void loadingCanBeCancelledWithinOneLongLine() throws IOException {
    StringBuilder text = new StringBuilder(HEAD);
    for (int i = 0; i < 20_000; i++) {
      text.append("<x:T rdf:about='http://x/" + i + "'/>");
    }
    Path file = xml(text.append("</rdf:RDF>").toString());
    CancellationToken cancelled = new CancellationToken();
    cancelled.cancel();
    List<Long> lines = new ArrayList<>();
    ProgressListener listener = progress -> lines.add(progress.done());
    LoadOptions options = LoadOptions.defaults().withContext(new RunContext(listener, cancelled));
    assertThatThrownBy(() -> KnowledgeGraphs.load(file, options))
        .isInstanceOf(OperationCancelledException.class);
    assertThat(lines).containsExactly(1L);
  }
}
