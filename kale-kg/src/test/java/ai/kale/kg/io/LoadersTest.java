package ai.kale.kg.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.kale.Direction;
import ai.kale.GraphCapability;
import ai.kale.KnowledgeGraph;
import ai.kale.error.InvalidInputException;
import ai.kale.error.OperationCancelledException;
import ai.kale.error.SetupException;
import ai.kale.kg.KnowledgeGraphs;
import ai.kale.kg.graph.CompactGraph;
import ai.kale.kg.graph.LoadedGraph;
import ai.kale.run.CancellationToken;
import ai.kale.run.ProgressListener;
import ai.kale.run.RunContext;
import ai.kale.spi.Providers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadersTest {
  private static final String LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>";
  private static final String ALT = "<http://www.w3.org/2004/02/skos/core#altLabel>";
  private static final String PREF = "<http://www.w3.org/2004/02/skos/core#prefLabel>";

  private final Path folder;

  LoadersTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Path file(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  private Path file(String name, String... lines) throws IOException {
    return file(name, String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static void assertBad(Path file, long line, String... parts) {
    InvalidInputException e =
        catchThrowableOfType(InvalidInputException.class, () -> KnowledgeGraphs.read(file));
    assertThat(e).hasMessageContaining(file.toString());
    assertThat(e.line()).isEqualTo(line);
    assertThat(e.source()).isEqualTo(file.toString());
    for (String part : parts) {
      assertThat(e).hasMessageContaining(part);
    }
  }

  @Test
  void readsTsvWithMarkCrlfBlankLinesAndDuplicates() throws IOException {
    Path file = file("a.tsv", "\uFEFFÉric\tknows\tb c\r", "", "b c\tknows\td", "b c\tknows\td");
    LoadedGraph loaded = KnowledgeGraphs.load(file, LoadOptions.defaults());
    try (CompactGraph graph = loaded.graph()) {
      assertThat(graph.entities(List.of("Éric", "b c", "d"))).containsExactly(0, 1, 2);
      assertThat(loaded.report().triples()).isEqualTo(2);
      assertThat(loaded.report().duplicates()).isEqualTo(1);
    }
  }

  @Test
  void gzipIsRecognisedByItsBytes() throws IOException {
    byte[] zipped = gzip("a\tr\tb\n");
    for (String name : List.of("x.tsv", "x.tsv.gz", "x.txt.GZ")) {
      assertThat(KnowledgeGraphs.read(file(name, zipped)).entityCount()).isEqualTo(2);
    }
    assertThat(KnowledgeGraphs.read(file("plain.tsv.gz", "a\tr\tb")).entityCount()).isEqualTo(2);
  }

  @Test
  void aCutGzipFileIsAnErrorAndNotASmallerGraph() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 5000; i++) {
      text.append("a").append(i * 7919 % 5003).append("\tr\tb").append(i).append('\n');
    }
    byte[] zipped = gzip(text.toString());
    Path file = file("cut.tsv.gz", Arrays.copyOf(zipped, zipped.length / 2));
    assertThatThrownBy(() -> KnowledgeGraphs.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("damaged or cut short");
  }

  private static byte[] joined(byte[]... parts) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.write(part);
    }
    return all.toByteArray();
  }

  @Test
  void gzipMembersAreReadOneAfterAnother() throws IOException {
    byte[] named = {0x1f, (byte) 0x8b, 8, 31, 0, 0, 0, 0, 0, 0, 2, 0, 9, 9, 'n', 0, 'c', 0, 7, 7};
    byte[] second = gzip("b\tr\tc\n");
    byte[] tail = Arrays.copyOfRange(second, 10, second.length);
    Path file = file("two.tsv.gz", joined(gzip("a\tr\tb\n"), named, tail, gzip("")));
    assertThat(KnowledgeGraphs.read(file).entityCount()).isEqualTo(3);
  }

  @Test
  void damageBetweenGzipMembersIsAnErrorAndNotASmallerGraph() throws IOException {
    byte[] first = gzip("a\tr\tb\n");
    for (int at = 0; at < 4; at++) {
      byte[] second = gzip("b\tr\tc\n");
      second[at] ^= (byte) 0xff;
      assertBad(file("m" + at + ".tsv.gz", joined(first, second)), 2, "damaged or cut short");
    }
    byte[] second = gzip("b\tr\tc\n");
    for (int length : new int[] {1, 5, 9, 10, 12, second.length - 1}) {
      byte[] cut = Arrays.copyOf(second, length);
      assertThatThrownBy(() -> KnowledgeGraphs.read(file("cut.tsv.gz", joined(first, cut))))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("cut.tsv.gz")
          .hasMessageContaining("damaged or cut short");
    }
    byte[] wrong = first.clone();
    wrong[first.length - 8] ^= 1;
    assertBad(file("sum.tsv.gz", joined(wrong, second)), 2, "checksum");
    assertBad(file("zeros.tsv.gz", joined(first, new byte[1000])), 2, "damaged or cut short");
  }

  @Test
  void badTsvLinesAreNamed() throws IOException {
    assertBad(file("a.tsv", "a\tr\tb", "a\tr"), 2, "expected 3 columns", "found 2", "'a\tr'");
    assertBad(file("b.tsv", "a\tr\tb\tc"), 1, "found 4");
    assertBad(file("c.tsv", "a\t \tb"), 1, "column 2 is empty");
    byte[] latin = "a\tr\tb\n\u00e9\tr\tb\n".getBytes(StandardCharsets.ISO_8859_1);
    assertBad(file("d.tsv", latin), 2, "not UTF-8");
    assertBad(file("e.tsv", "", ""), 0, "no triple");
  }

  @Test
  void skippedLinesAreCountedUpToTheCap() throws IOException {
    Path file = file("a.tsv", "bad", "a\tr\tb", "worse", "a\tr\tc");
    LoadOptions two = LoadOptions.defaults().withBadInput(BadInputPolicy.skip(2));
    LoadedGraph loaded = KnowledgeGraphs.load(file, two);
    assertThat(loaded.report().linesSkipped()).isEqualTo(2);
    assertThat(loaded.report().reasons().get(1)).contains("a.tsv:3: ").contains("found 1");
    LoadOptions one = LoadOptions.defaults().withBadInput(BadInputPolicy.skip(1));
    assertThatThrownBy(() -> KnowledgeGraphs.load(file, one))
        .hasMessageContaining("a.tsv:3: ")
        .hasMessageContaining("after 1 skipped lines");
  }

  @Test
  void weightsAreAFourthColumn() throws IOException {
    LoadOptions options = LoadOptions.defaults().withWeights();
    Path file = file("w.tsv", "a\tr\tb\t0.5", "a\tr\tb\t0.75");
    try (CompactGraph graph = KnowledgeGraphs.load(file, options).graph()) {
      assertThat(graph.capabilities()).contains(GraphCapability.WEIGHTS);
      List<Float> weights = new ArrayList<>();
      graph.expand(0, Direction.BOTH, (i, r, inverse, n, weight) -> weights.add(weight));
      assertThat(weights).containsExactly(0.75f);
    }
    for (String bad : List.of("x", "-1", "NaN", "Infinity")) {
      Path wrong = file("bad.tsv", "a\tr\tb\t" + bad);
      assertThatThrownBy(() -> KnowledgeGraphs.load(wrong, options))
          .hasMessageContaining("bad.tsv:1: ")
          .hasMessageContaining("'" + bad + "'");
    }
  }

  @Test
  void missingFilesAndUnknownSuffixesAreNamed() throws IOException {
    assertThatThrownBy(() -> KnowledgeGraphs.read(folder.resolve("none.nt")))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("none.nt");
    assertThatThrownBy(() -> KnowledgeGraphs.read(file("x.ttl", "")))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("x.ttl")
        .hasMessageContaining(".nt");
    Files.createDirectory(folder.resolve("dir.tsv"));
    assertThatThrownBy(() -> KnowledgeGraphs.read(folder.resolve("dir.tsv")))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("dir.tsv");
  }

  @Test
  void readsNTriplesWithNamesInPreferredLanguages() throws IOException {
    Path file =
        file(
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
    Path file = file("g.nt", good, "<http://x/a> <http://x/p> .", good.replace("/b", "/c"));
    assertBad(file, 2, "malformed N-Triples");
    LoadOptions skip = LoadOptions.defaults().withBadInput(BadInputPolicy.skip(10));
    LoadedGraph loaded = KnowledgeGraphs.load(file, skip);
    assertThat(loaded.report().linesSkipped()).isEqualTo(1);
    assertThat(loaded.report().triples()).isEqualTo(2);
    assertThat(loaded.report().reasons().get(0)).contains("g.nt:2: ");
    Path cut = file("t.nt", good, "<http://x/a> <http://x/p> <http://x/b>");
    assertBad(cut, 2, "malformed");
    assertThat(KnowledgeGraphs.load(cut, skip).report().reasons().get(0)).contains("t.nt:2: ");
    Path iri = file("i.nt", good, "<no scheme> <http://x/p> <http://x/b> .", good);
    assertBad(iri, 2, "malformed");
    assertThat(KnowledgeGraphs.load(iri, skip).report().linesSkipped()).isEqualTo(1);
    byte[] latin =
        (good + "\n<http://x/\u00e9> <http://x/p> <http://x/b> .\n")
            .getBytes(StandardCharsets.ISO_8859_1);
    assertBad(file("l.nt", latin), 2, "not UTF-8");
    assertBad(file("lit.nt", "<http://x/a> <http://x/p> \"text\" ."), 0, "1 literals");
  }

  @Test
  void aProviderOpensFiles() throws IOException {
    Path file = file("a b.tsv.gz", gzip("a\tr\tb\n"));
    try (KnowledgeGraph graph = Providers.openGraph(file.toUri())) {
      assertThat(graph.entityCount()).isEqualTo(2);
    }
    assertThatThrownBy(() -> Providers.openGraph(folder.resolve("x.ttl").toUri()))
        .isInstanceOf(SetupException.class);
  }

  @Test
  void progressIsReportedAndLoadingCanBeCancelled() throws IOException {
    Path file = file("a.tsv", "a\tr\tb");
    List<Long> lines = new ArrayList<>();
    ProgressListener listener = progress -> lines.add(progress.done());
    KnowledgeGraphs.load(
        file,
        LoadOptions.defaults().withContext(new RunContext(listener, new CancellationToken())));
    assertThat(lines).containsExactly(1L);
    CancellationToken cancelled = new CancellationToken();
    cancelled.cancel();
    LoadOptions options =
        LoadOptions.defaults().withContext(new RunContext(ProgressListener.NONE, cancelled));
    assertThatThrownBy(() -> KnowledgeGraphs.load(file, options))
        .isInstanceOf(OperationCancelledException.class);
  }
}
