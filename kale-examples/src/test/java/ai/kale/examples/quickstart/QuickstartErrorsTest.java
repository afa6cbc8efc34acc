package ai.kale.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.examples.testing.SmallWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuickstartErrorsTest {
  private static QuickstartRun failed(Path out, String... args) {
    return failed(
        1,
        Stream.concat(List.of("--out", out.toString()).stream(), List.of(args).stream()).toList());
  }

  private static QuickstartRun failed(int exitCode, List<String> args) {
    QuickstartRun run = QuickstartRun.of(args);
    assertThat(run.exitCode()).as(run.errors()).isEqualTo(exitCode);
    assertThat(run.errors()).doesNotContain("\tat ");
    if (exitCode == 1) {
      assertThat(run.errors()).startsWith("Error: ");
    }
    return run;
  }

  @Test
  void aMissingGraphFile(@TempDir Path folder) {
    Path out = folder.resolve("out");
    Path graph = folder.resolve("none.tsv");

    assertThat(failed(out, "--graph", graph.toString()).errors()).contains(graph.toString());

    assertThat(out)
        .satisfiesAnyOf(o -> assertThat(o).doesNotExist(), o -> assertThat(o).isEmptyDirectory());
  }

  @Test
  void aGraphOfAnUnknownKind(@TempDir Path folder) {
    Path graph = SmallWorld.writeGraph(folder.resolve("g.json"));

    assertThat(failed(folder.resolve("out"), "--graph", graph.toString()).errors())
        .contains(graph.toString())
        .contains(".tsv");
  }

  @Test
  void aMalformedGraphLineIsNamed(@TempDir Path folder) {
    Path graph = SmallWorld.write(folder.resolve("g.tsv"), List.of("a\tr\tb", "b\tr\tc", "c\tr"));

    assertThat(failed(folder.resolve("out"), "--graph", graph.toString()).errors())
        .contains(graph + ":3: ");
  }

  @Test
  void aGraphTooSmallForQuestionsOfItsOwn(@TempDir Path folder) {
    Path graph = SmallWorld.writeGraph(folder.resolve("g.tsv"));

    assertThat(failed(folder.resolve("out"), "--graph", graph.toString()).errors())
        .contains("question");
  }

  @Test
  void questionsThatNothingInTheGraphFits(@TempDir Path folder) {
    Path graph = SmallWorld.writeGraph(folder.resolve("g.tsv"));
    Path questions =
        SmallWorld.write(
            folder.resolve("q.jsonl"),
            List.of(
                "{\"question\":\"Who is on the moon?\",\"answers\":[\"Neil\"]}",
                "{\"question\":\"Who was first?\",\"answers\":[\"Buzz\"]}"));

    assertThat(
            failed(
                    folder.resolve("out"),
                    "--graph",
                    graph.toString(),
                    "--questions",
                    questions.toString())
                .errors())
        .contains("no question has a path");
  }

  @Test
  void tooFewQuestionsToSplit(@TempDir Path folder) throws IOException {
    Path graph = SmallWorld.writeGraph(folder.resolve("g.tsv"));
    Path all = SmallWorld.writeQuestions(folder.resolve("all.jsonl"));
    Path questions =
        SmallWorld.write(folder.resolve("q.jsonl"), Files.readAllLines(all).subList(0, 6));

    assertThat(
            failed(
                    folder.resolve("out"),
                    "--graph",
                    graph.toString(),
                    "--questions",
                    questions.toString())
                .errors())
        .contains("only 3 groups");
  }

  @Test
  void aMalformedQuestionLineIsNamed(@TempDir Path folder) {
    Path graph = SmallWorld.writeGraph(folder.resolve("g.tsv"));
    Path questions =
        SmallWorld.write(folder.resolve("q.txt"), List.of("who is [City A]\tx", "no topic\tx"));

    assertThat(
            failed(
                    folder.resolve("out"),
                    "--graph",
                    graph.toString(),
                    "--questions",
                    questions.toString())
                .errors())
        .contains(questions + ":2: ");
  }

  @Test
  void aFileWhereTheFolderShouldBe(@TempDir Path folder) throws IOException {
    Path graph = SmallWorld.writeGraph(folder.resolve("g.tsv"));
    Path out = Files.writeString(folder.resolve("out"), "in the way");

    assertThat(failed(out, "--graph", graph.toString()).errors())
        .contains(out.toString())
        .contains("--out");
    assertThat(failed(out.resolve("below"), "--graph", graph.toString()).errors())
        .contains("--out");

    assertThat(out).hasContent("in the way");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactlyInAnyOrder(graph, out);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--nonsense",
        "--seeds=some",
        "--seeds",
        "extra",
        "--seeds=0",
        "--steps=0",
        "--pretrain-steps=-1",
        "--train=0",
        "--test=0",
        "--noise=0",
        "--noise=1",
        "--noise=0.001",
        "--noise=NaN",
        "--max-facts=0",
        "--parallel=-1"
      })
  void aWrongOptionIsRefusedBeforeAnythingIsDone(String option, @TempDir Path folder) {
    Path out = folder.resolve("out");

    QuickstartRun run =
        failed(2, List.of("--out=" + out, "--graph=" + folder.resolve("none.tsv"), option));

    assertThat(run.errors()).contains(option.replaceFirst("=.*", ""));
    assertThat(out).doesNotExist();
  }

  @Test
  void questionsWithoutTheirGraph(@TempDir Path folder) {
    Path out = folder.resolve("out");

    assertThat(failed(2, List.of("--out=" + out, "--questions=q.txt")).errors())
        .contains("--questions needs --graph");

    assertThat(out).doesNotExist();
  }

  @Test
  void helpNamesEveryOption() {
    QuickstartRun run = QuickstartRun.of(List.of("--help"));

    assertThat(run.exitCode()).isZero();
    assertThat(run.output()).contains("--graph", "--questions", "--out", "--seeds", "--noise");
  }
}
