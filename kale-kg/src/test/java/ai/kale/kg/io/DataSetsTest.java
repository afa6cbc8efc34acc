package ai.kale.kg.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.InvalidInputException;
import ai.kale.error.SetupException;
import ai.kale.kg.graph.CompactGraph;
import ai.kale.kg.graph.LoadedGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataSetsTest {
  private final TestFiles files;

  DataSetsTest(@TempDir Path folder) {
    this.files = new TestFiles(folder);
  }

  @Test
  void readsTheFilesOfWikidata5m() throws IOException {
    Path triples =
        files.file(
            "wikidata5m_all_triplet.txt.gz", TestFiles.gzip("Q42\tP31\tQ5\nQ42\tP106\tQ36180\n"));
    Path entities =
        files.file(
            "wikidata5m_entity.txt.bz2",
            TestFiles.bzip2("Q42\tDouglas Adams\tDNA\tDouglas Adams\nQ5\thuman\nQ7\tno triple\n"));
    Path relations = files.file("wikidata5m_relation.txt", "P31\tinstance of\tis a");
    LoadedGraph loaded = new Wikidata5mLoader().load(triples, entities, relations);
    try (CompactGraph graph = loaded.graph()) {
      assertThat(graph.names(graph.entities(List.of("Q42", "Q5", "Q7"))))
          .containsExactly(List.of("Douglas Adams", "DNA"), List.of("human"), List.of("no triple"));
      assertThat(graph.relationLabel(graph.relation("P31").orElseThrow())).isEqualTo("instance of");
      assertThat(loaded.report().triples()).isEqualTo(2);
      assertThat(loaded.report().literalsSkipped()).isEqualTo(1);
    }
    Path bad = files.file("names.txt", "Q42\tA", "Q43");
    assertThatThrownBy(() -> new Wikidata5mLoader().load(triples, bad))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("names.txt:2: ");
    assertThat(new Wikidata5mLoader().load(triples).report().names()).isZero();
  }

  @Test
  void readsTheSplitsOfFb15k237WithNames() throws IOException {
    files.file("train.txt", "/m/a\t/people/person/nationality\t/m/b");
    files.file("valid.txt", "/m/a\t/people/person/nationality\t/m/c");
    files.file("test.txt.gz", TestFiles.gzip("/m/b\t/people/person/nationality\t/m/d\n"));
    files.file("entity2text.txt", "/m/a\tAnn", "/m/b\tBulgaria");
    files.file("relation2text.txt", "/people/person/nationality\tpeople person nationality");
    try (CompactGraph graph = new BenchmarkFolder().load(files.folder()).graph()) {
      assertThat(graph.tripleCount()).hasValue(1);
      assertThat(graph.label(graph.entity("/m/a").orElseThrow())).isEqualTo("Ann");
      assertThat(graph.relationLabel(0)).isEqualTo("people person nationality");
    }
    assertThat(new BenchmarkFolder().load(files.folder(), BenchmarkSplit.all()).report().triples())
        .isEqualTo(3);
    LoadedGraph held =
        new BenchmarkFolder()
            .load(files.folder(), Set.of(BenchmarkSplit.VALID, BenchmarkSplit.TEST));
    assertThat(held.graph().entity("/m/d")).isPresent();
    assertThat(held.report().triples()).isEqualTo(2);
  }

  @Test
  void readsTheOldNamesOfFb15kAndWn18() throws IOException {
    files.file("freebase_mtr100_mte100-train.txt", "/m/a\t/r\t/m/b");
    assertThat(new BenchmarkFolder().load(files.folder()).report().triples()).isEqualTo(1);
    Path wordnet = Files.createDirectory(files.folder().resolve("wn18"));
    TestFiles wn = new TestFiles(wordnet);
    wn.file("wordnet-mlj12-train.txt", "00260881\t_hypernym\t00260622");
    wn.file(
        "wordnet-mlj12-definitions.txt",
        "00260881\t__land_reform_NN_1\ta redistribution of agricultural land",
        "00260622\t__reform_NN_2\ta change for the better");
    try (CompactGraph graph = new BenchmarkFolder().load(wordnet).graph()) {
      assertThat(graph.names(graph.entities(List.of("00260881", "00260622"))))
          .containsExactly(List.of("land reform"), List.of("reform"));
    }
  }

  @Test
  void missingAndAmbiguousSplitsAreRefused() throws IOException {
    files.file("train.txt", "a\tr\tb");
    assertThatThrownBy(
            () -> new BenchmarkFolder().load(files.folder(), Set.of(BenchmarkSplit.TEST)))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("TEST")
        .hasMessageContaining("test.txt");
    files.file("train.tsv", "a\tr\tb");
    assertThatThrownBy(() -> new BenchmarkFolder().load(files.folder()))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("train.tsv");
    assertThatThrownBy(() -> new BenchmarkFolder().load(files.folder(), Set.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
