package ai.kale.kg.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.KnowledgeGraph;
import ai.kale.error.OperationCancelledException;
import ai.kale.error.SetupException;
import ai.kale.kg.KnowledgeGraphs;
import ai.kale.run.CancellationToken;
import ai.kale.run.ProgressListener;
import ai.kale.run.RunContext;
import ai.kale.spi.Providers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TripleFilesTest {
  private final TestFiles files;

  TripleFilesTest(@TempDir Path folder) {
    this.files = new TestFiles(folder);
  }

  @Test
  void missingFilesAndUnknownSuffixesAreNamed() throws IOException {
    assertThatThrownBy(() -> KnowledgeGraphs.read(files.folder().resolve("none.nt")))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("none.nt");
    assertThatThrownBy(() -> KnowledgeGraphs.read(files.file("x.json", "")))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("x.json")
        .hasMessageContaining(".nt");
    Files.createDirectory(files.folder().resolve("dir.tsv"));
    assertThatThrownBy(() -> KnowledgeGraphs.read(files.folder().resolve("dir.tsv")))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("dir.tsv");
  }

  @Test
  void aProviderOpensFiles() throws IOException {
    Path file = files.file("a b.tsv.gz", TestFiles.gzip("a\tr\tb\n"));
    try (KnowledgeGraph graph = Providers.openGraph(file.toUri())) {
      assertThat(graph.entityCount()).isEqualTo(2);
    }
    assertThatThrownBy(() -> Providers.openGraph(files.folder().resolve("x.json").toUri()))
        .isInstanceOf(SetupException.class);
  }

  @Test
  void progressIsReportedAndLoadingCanBeCancelled() throws IOException {
    Path file = files.file("a.tsv", "a\tr\tb");
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

  @Test
  void everySuffixIsKnownWithEveryPacking() throws IOException {
    for (String suffix : List.of("nt", "nq", "ttl", "trig", "rdf", "owl", "tsv", "txt", "csv")) {
      for (String packing : List.of("", ".gz", ".bz2", ".GZ")) {
        assertThat(TripleFiles.find("a." + suffix + packing)).as(suffix + packing).isPresent();
      }
    }
    assertThat(TripleFiles.find("a.xml")).isEmpty();
    assertThat(TripleFiles.find("a.gz")).isEmpty();
    Path file =
        files.file("g.trig.bz2", TestFiles.bzip2("<http://x/a> <http://x/p> <http://x/b> ."));
    try (KnowledgeGraph graph = Providers.openGraph(file.toUri())) {
      assertThat(graph.entityCount()).isEqualTo(2);
    }
  }

  @Test
  void rdfFilesCanBeCancelledToo() throws IOException {
    CancellationToken cancelled = new CancellationToken();
    cancelled.cancel();
    LoadOptions options =
        LoadOptions.defaults().withContext(new RunContext(ProgressListener.NONE, cancelled));
    for (String suffix : List.of("nt", "ttl")) {
      Path file = files.file("a." + suffix, "<http://x/a> <http://x/p> <http://x/b> .");
      assertThatThrownBy(() -> KnowledgeGraphs.load(file, options))
          .isInstanceOf(OperationCancelledException.class);
    }
  }
}
