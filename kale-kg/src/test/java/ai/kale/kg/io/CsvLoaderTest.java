package ai.kale.kg.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.Direction;
import ai.kale.GraphCapability;
import ai.kale.kg.KnowledgeGraphs;
import ai.kale.kg.graph.CompactGraph;
import ai.kale.kg.graph.LoadedGraph;
import ai.kale.kg.graph.TripleSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvLoaderTest {
  private final TestFiles files;

  CsvLoaderTest(@TempDir Path folder) {
    this.files = new TestFiles(folder);
  }

  @Test
  void columnsAreFoundByNameAndFieldsMayBeQuoted() throws IOException {
    Path file =
        files.file(
            "g.csv",
            "\uFEFFid,Object,RELATION,note,subject",
            "1,\"b, \"\"the\"\" é\",r,,a\r",
            "",
            "2,\"two",
            "lines\",r,x,a");
    LoadOptions options = LoadOptions.defaults().withSources();
    try (CompactGraph graph = KnowledgeGraphs.load(file, options).graph()) {
      int[] found = graph.entities(List.of("a", "b, \"the\" é", "two\nlines"));
      assertThat(found).doesNotContain(-1);
      assertThat(graph.source(found[0], 0, found[2])).contains(new TripleSource(4, ""));
    }
  }

  @Test
  void columnsAreChosenByNumberWithWeightsGraphsAndLabels() throws IOException {
    CsvColumns columns =
        CsvColumns.at(1, 2, 3)
            .withHeader()
            .withWeight(CsvColumn.at(4))
            .withGraph(CsvColumn.named("graph"))
            .withLabels(CsvColumn.at(6), CsvColumn.at(7))
            .withSeparator(';')
            .withQuote('\'');
    Path file =
        files.file(
            "g.csv",
            "s;r;o;w;graph;sl;ol",
            "a;r;b;0.5;http://x/g;'The; A';The B",
            "a;r;c;1;;;",
            "a;r;d;2;http://x/other;;");
    LoadOptions options =
        LoadOptions.defaults().withCsv(columns).withSources().withGraphs("", "http://x/g");
    LoadedGraph loaded = KnowledgeGraphs.load(file, options);
    try (CompactGraph graph = loaded.graph()) {
      int[] found = graph.entities(List.of("a", "b", "c"));
      assertThat(graph.names(found))
          .containsExactly(List.of("The; A"), List.of("The B"), List.<String>of());
      assertThat(graph.source(found[0], 0, found[1])).contains(new TripleSource(2, "http://x/g"));
      List<Float> weights = new ArrayList<>();
      graph.expand(
          new int[] {found[1]}, Direction.BOTH, (i, r, inverse, n, weight) -> weights.add(weight));
      assertThat(weights).containsExactly(0.5f);
      assertThat(loaded.report().excluded()).isEqualTo(1);
    }
  }

  @Test
  void anEdgeListHasOneRelation() throws IOException {
    CsvColumns edges = CsvColumns.edges(CsvColumn.at(1), "linked", CsvColumn.at(2));
    Path file = files.file("edges.dat", "a,b", "b,c");
    try (CompactGraph graph = new CsvLoader(edges).load(file).graph()) {
      assertThat(graph.relationId(0)).isEqualTo("linked");
      assertThat(graph.tripleCount()).hasValue(2);
    }
  }

  @Test
  void theWeightColumnIsFoundByName() throws IOException {
    LoadOptions weights = LoadOptions.defaults().withWeights();
    Path file = files.file("g.csv", "subject,relation,object,Weight", "a,r,b,0.25");
    try (CompactGraph graph = KnowledgeGraphs.load(file, weights).graph()) {
      assertThat(graph.capabilities()).contains(GraphCapability.WEIGHTS);
    }
    Path none = files.file("n.csv", "subject,relation,object", "a,r,b");
    TestFiles.assertBad(none, weights, 1, "'weight'");
    Path bad = files.file("b.csv", "subject,relation,object,Weight", "a,r,b,-1");
    TestFiles.assertBad(bad, weights, 2, "got '-1'");
  }

  @Test
  void missingColumnsAndBadRowsAreNamed() throws IOException {
    Path other = files.file("h.csv", "head,relation,tail", "a,r,b");
    TestFiles.assertBad(other, 1, "no column 'subject' in the header", "head", "withCsv");
    Path twice = files.file("d.csv", "subject,relation,object,Object", "a,r,b,c");
    TestFiles.assertBad(twice, 1, "two columns");
    String head = "subject,relation,object";
    TestFiles.assertBad(files.file("a.csv", head, "a,r,b", "a,r"), 3, "expected 3 fields, found 2");
    TestFiles.assertBad(files.file("b.csv", head, "a,,b"), 2, "field 2 is empty");
    TestFiles.assertBad(files.file("e.csv", head), 0, "no triple");
    byte[] latin = (head + "\na,r,\u00e9\n").getBytes(StandardCharsets.ISO_8859_1);
    TestFiles.assertBad(files.file("l.csv", latin), 2, "not UTF-8");
    LoadOptions skip = LoadOptions.defaults().withBadInput(BadInputPolicy.skip(5));
    Path first = files.file("f.dat", "a,r", "a,r,b,note", "b,r,c,note", "c,r,d");
    CsvColumns numbered = CsvColumns.at(1, 2, 3);
    LoadedGraph wide = new CsvLoader(skip.withCsv(numbered)).load(first);
    assertThat(wide.report().triples()).isEqualTo(2);
    assertThat(wide.report().linesSkipped()).isEqualTo(2);
    Path some = files.file("s.csv", head, "a,r", "a,r,b", "a,r,b,c");
    LoadedGraph loaded = KnowledgeGraphs.load(some, skip);
    assertThat(loaded.report().linesSkipped()).isEqualTo(2);
    assertThat(loaded.report().reasons().get(1)).contains("s.csv:4: ");
  }

  @Test
  void anOpenQuoteFailsEvenWhereRowsMayBeSkipped() throws IOException {
    Path file =
        files.file("g.csv", "subject,relation,object", "a,r,b", "a,r,\"c", "a,r,d", "a,r,e");
    LoadOptions skip = LoadOptions.defaults().withBadInput(BadInputPolicy.skip(5));
    TestFiles.assertBad(file, skip, 3, "malformed CSV from here on", "mend the quotes");
    Path after = files.file("h.csv", "subject,relation,object", "a,r,\"b\"x");
    TestFiles.assertBad(after, 2, "malformed CSV");
  }

  @Test
  void columnsWithoutSenseAreRefused() {
    assertThatThrownBy(() -> new CsvColumn("", 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CsvColumns.at(1, 2, 3).withWeight(CsvColumn.named("w")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("header");
    assertThatThrownBy(() -> CsvColumns.edges(CsvColumn.at(1), "", CsvColumn.at(2)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
