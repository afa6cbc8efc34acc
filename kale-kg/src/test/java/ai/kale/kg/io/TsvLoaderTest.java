package ai.kale.kg.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.Direction;
import ai.kale.GraphCapability;
import ai.kale.error.OperationCancelledException;
import ai.kale.kg.KnowledgeGraphs;
import ai.kale.kg.graph.CompactGraph;
import ai.kale.kg.graph.LoadedGraph;
import ai.kale.run.CancellationToken;
import ai.kale.run.RunContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TsvLoaderTest {
  private final TestFiles files;

  TsvLoaderTest(@TempDir Path folder) {
    this.files = new TestFiles(folder);
  }

  @Test
  void readsTsvWithMarkCrlfBlankLinesAndDuplicates() throws IOException {
    Path file =
        files.file("a.tsv", "\uFEFFÉric\tknows\tb c\r", "", "b c\tknows\td", "b c\tknows\td");
    LoadedGraph loaded = KnowledgeGraphs.load(file, LoadOptions.defaults());
    try (CompactGraph graph = loaded.graph()) {
      assertThat(graph.entities(List.of("b c", "d", "Éric"))).containsExactly(0, 1, 2);
      assertThat(loaded.report().triples()).isEqualTo(2);
      assertThat(loaded.report().duplicates()).isEqualTo(1);
    }
  }

  @Test
  void badTsvLinesAreNamed() throws IOException {
    TestFiles.assertBad(
        files.file("a.tsv", "a\tr\tb", "a\tr"), 2, "expected 3 columns", "found 2", "'a\tr'");
    TestFiles.assertBad(files.file("b.tsv", "a\tr\tb\tc"), 1, "found 4");
    TestFiles.assertBad(files.file("c.tsv", "a\t \tb"), 1, "column 2 is empty");
    byte[] latin = "a\tr\tb\n\u00e9\tr\tb\n".getBytes(StandardCharsets.ISO_8859_1);
    TestFiles.assertBad(files.file("d.tsv", latin), 2, "not UTF-8");
    TestFiles.assertBad(files.file("e.tsv", "", ""), 0, "no triple");
  }

  @Test
  void skippedLinesAreCountedUpToTheCap() throws IOException {
    Path file = files.file("a.tsv", "bad", "a\tr\tb", "worse", "a\tr\tc");
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
    Path file = files.file("w.tsv", "a\tr\tb\t0.5", "a\tr\tb\t0.75");
    try (CompactGraph graph = KnowledgeGraphs.load(file, options).graph()) {
      assertThat(graph.capabilities()).contains(GraphCapability.WEIGHTS);
      List<Float> weights = new ArrayList<>();
      graph.expand(0, Direction.BOTH, (i, r, inverse, n, weight) -> weights.add(weight));
      assertThat(weights).containsExactly(0.75f);
    }
    for (String bad : List.of("x", "-1", "NaN", "Infinity")) {
      Path wrong = files.file("bad.tsv", "a\tr\tb\t" + bad);
      assertThatThrownBy(() -> KnowledgeGraphs.load(wrong, options))
          .hasMessageContaining("bad.tsv:1: ")
          .hasMessageContaining("'" + bad + "'");
    }
  }

  @Test
  void weightsArePlainDecimalNumbers() throws IOException {
    LoadOptions options = LoadOptions.defaults().withWeights();
    for (String good : List.of("1", "+1.50", "1e-5", "2.5E3", ".5", " 0.5 ", "-0")) {
      Path file = files.file("good.tsv", "a\tr\tb\t" + good);
      assertThat(KnowledgeGraphs.load(file, options).report().triples()).isEqualTo(1);
    }
    for (String bad : List.of("1f", "0.5d", "0x1p3", "1e99", "-1e-9", "1,5", "", "e", "٣")) {
      TestFiles.assertBad(files.file("b.tsv", "a\tr\tb\t" + bad), options, 1, "'" + bad + "'");
      Path csv = files.file("b.csv", "subject,relation,object,weight", "a,r,b,\"" + bad + "\"");
      TestFiles.assertBad(csv, options, 2, "'" + bad + "'");
    }
    String zero =
        KnowledgeGraphs.load(files.file("0.tsv", "a\tr\tb\t0"), options).graph().snapshot();
    Path minus = files.file("-0.tsv", "a\tr\tb\t-0");
    assertThat(KnowledgeGraphs.load(minus, options).graph().snapshot()).isEqualTo(zero);
  }

  @Test
  void cancellingDoesNotWaitForTheEndOfBlankOrBadLines() throws IOException {
    int count = 1_000_000;
    for (String line : List.of("\n", "x\n")) {
      Path file = files.file("a.tsv", "a\tr\tb\n" + line.repeat(count));
      CancellationToken cancelled = new CancellationToken();
      cancelled.cancel();
      List<Long> lines = new ArrayList<>();
      LoadOptions options =
          LoadOptions.defaults()
              .withBadInput(BadInputPolicy.skip(2L * count))
              .withContext(new RunContext(progress -> lines.add(progress.done()), cancelled));
      assertThatThrownBy(() -> KnowledgeGraphs.load(file, options))
          .isInstanceOf(OperationCancelledException.class);
      assertThat(lines).hasSize(1).allMatch(at -> at > 0 && at < count / 2);
    }
  }
}
