package ai.kale.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.data.GroundedQuestion;
import ai.kale.data.RationalizedQuestion;
import ai.kale.eval.EvaluationResult;
import ai.kale.eval.EvaluationResults;
import ai.kale.examples.testing.SmallWorld;
import ai.kale.jsonl.JsonlFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole quickstart on a tiny graph; one full run that the tests copy from. */
class QuickstartEndToEndTest {
  private static Path folder;
  private static Path finished;
  private static QuickstartRun first;

  @BeforeAll
  static void runOnce(@TempDir Path shared) {
    folder = shared;
    SmallWorld.writeGraph(folder.resolve("g.tsv"));
    SmallWorld.writeQuestions(folder.resolve("q.jsonl"));
    finished = folder.resolve("first").resolve("out");
    first = run(finished);
  }

  private static List<String> args(Path out, String... more) {
    List<String> args = new ArrayList<>();
    args.addAll(List.of("--graph", folder.resolve("g.tsv").toString()));
    args.addAll(List.of("--questions", folder.resolve("q.jsonl").toString()));
    args.addAll(List.of("--out", out.toString(), "--steps", "2"));
    args.addAll(List.of("--pretrain-steps", "3", "--train", "20", "--test", "8"));
    args.addAll(more.length == 0 ? List.of("--seeds", "1") : List.of(more));
    return args;
  }

  private static QuickstartRun run(Path out, String... more) {
    return QuickstartRun.of(args(out, more));
  }

  private static Path copy(Path to) {
    for (Path file : files(finished)) {
      try {
        Path target = to.resolve(finished.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return to;
  }

  private static List<Path> files(Path root) {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> cells(Path out) {
    return files(out.resolve("cells"));
  }

  @Test
  void writesEveryArtifact() {
    assertThat(first.errors()).isEmpty();
    assertThat(first.exitCode()).isZero();
    List<GroundedQuestion> grounded =
        JsonlFormat.groundedQuestions().readAll(finished.resolve("grounded.jsonl"));
    assertThat(grounded).hasSizeGreaterThan(50).allMatch(q -> q.paths().size() == 1);
    List<RationalizedQuestion> rationales =
        JsonlFormat.rationalizedQuestions().readAll(finished.resolve("rationales.jsonl"));
    assertThat(rationales)
        .hasSameSizeAs(grounded)
        .allMatch(r -> r.rationale().text().startsWith("The "));
    assertThat(finished.resolve("trl.jsonl"))
        .content()
        .contains("\"completion\"")
        .hasLineCount(grounded.size());
    assertThat(finished.resolve("report.html"))
        .content()
        .startsWith("<!doctype html>")
        .endsWith("</html>\n")
        .contains("data:image/png;base64,");
    assertThat(finished.resolve("results.md"))
        .content()
        .contains("| " + Method.SFT_GRAPH_ANSWERS.title());
    assertThat(cells(finished)).isNotEmpty();
    for (Method method : Method.clean()) {
      Path model = model(new Cell(method, 0, 1));
      assertThat(model).isDirectory();
      assertThat(model.resolve("model.safetensors")).isNotEmptyFile();
      assertThat(model.resolve("tokenizer.json")).isNotEmptyFile();
    }
    assertThat(files(finished))
        .noneMatch(f -> f.toString().endsWith(".tmp") || f.toString().endsWith(".part"));
  }

  /** A model's folder has the name of its cell's result. */
  private static Path model(Cell cell) {
    return files(finished.resolve("cells")).stream()
        .map(f -> f.getFileName().toString())
        .filter(name -> name.startsWith(cell.name() + "-"))
        .map(name -> finished.resolve("models").resolve(name.replace(".json", "")))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyResultIsOfTheSameTestQuestions() {
    List<EvaluationResult> results = EvaluationResults.read(finished.resolve("results.jsonl"));

    assertThat(results).hasSizeGreaterThanOrEqualTo(3 + Method.clean().size());
    assertThat(results)
        .allSatisfy(
            r -> {
              assertThat(r.correct().keySet())
                  .isEqualTo(results.get(0).correct().keySet())
                  .hasSize(8);
              assertThat(r.metric(EvaluationResult.ACCURACY)).isBetween(0.0, 1.0);
            });
  }

  @Test
  void printsTheTableAndWhatWasCounted() throws IOException {
    assertThat(first.output())
        .startsWith("graph: ")
        .contains(Files.readString(finished.resolve("results.md")))
        .contains(" questions to train on, ", ", 8 to test on")
        .contains("own path stated and found")
        .contains("everything is in " + finished);
  }

  @Test
  void aFreshFolderHasTheSameResultsByteForByte(@TempDir Path other) throws IOException {
    QuickstartRun again = run(other, "--seeds", "1", "--parallel", "1");

    assertThat(again.exitCode()).isZero();
    for (String name :
        List.of("results.md", "results.jsonl", "grounded.jsonl", "rationales.jsonl", "trl.jsonl")) {
      assertThat(other.resolve(name)).hasSameBinaryContentAs(finished.resolve(name));
    }
    assertThat(content(cells(other), other)).isEqualTo(content(cells(finished), finished));
    assertThat(other.resolve("base/model.safetensors"))
        .hasSameBinaryContentAs(finished.resolve("base/model.safetensors"));
  }

  private static Map<String, String> content(List<Path> files, Path root) throws IOException {
    Map<String, String> content = new TreeMap<>();
    for (Path file : files) {
      content.put(root.relativize(file).toString(), Files.readString(file));
    }
    return content;
  }

  @Test
  void aSecondRunTakesFinishedCellsFromDisk(@TempDir Path other) throws IOException {
    Path out = copy(other.resolve("out"));
    FileTime old = FileTime.fromMillis(1_000_000_000_000L);
    List<Path> kept = cells(out);
    for (Path cell : kept) {
      Files.setLastModifiedTime(cell, old);
    }
    Path models = out.resolve("models");
    for (Path model : files(models)) {
      Files.delete(model);
    }

    QuickstartRun again = run(out);

    assertThat(again.exitCode()).isZero();
    assertThat(out.resolve("results.md")).hasSameBinaryContentAs(finished.resolve("results.md"));
    assertThat(cells(out)).isEqualTo(kept);
    for (Path cell : kept) {
      assertThat(Files.getLastModifiedTime(cell)).isEqualTo(old);
    }
    assertThat(files(models)).as("nothing was trained again").isEmpty();
  }

  @Test
  void onlyWhatIsMissingIsRunAgain(@TempDir Path other) throws IOException {
    Path out = copy(other.resolve("out"));
    List<Path> before = cells(out);
    FileTime old = FileTime.fromMillis(1_000_000_000_000L);
    for (Path cell : before) {
      Files.setLastModifiedTime(cell, old);
    }
    Files.delete(before.get(0));

    assertThat(run(out).exitCode()).isZero();

    assertThat(cells(out)).isEqualTo(before);
    assertThat(Files.getLastModifiedTime(before.get(0))).isNotEqualTo(old);
    for (Path cell : before.subList(1, before.size())) {
      assertThat(Files.getLastModifiedTime(cell)).isEqualTo(old);
    }
    assertThat(out.resolve("results.md")).hasSameBinaryContentAs(finished.resolve("results.md"));
  }

  @Test
  void aDamagedCellIsAnErrorThatNamesTheFile(@TempDir Path other) throws IOException {
    Path out = copy(other.resolve("out"));
    Path cell = cells(out).get(2);
    String whole = Files.readString(cell);
    for (String damaged : List.of(whole.substring(0, whole.length() / 2), "", "\n", "null\n")) {
      Files.writeString(cell, damaged);

      QuickstartRun again = run(out);

      assertThat(again.exitCode()).isEqualTo(1);
      assertThat(again.errors())
          .startsWith("Error: ")
          .contains(cell.toString())
          .doesNotContain("\tat ");
    }
  }

  @Test
  void severalSeedsAreCompared(@TempDir Path other) throws IOException {
    Path out = copy(other.resolve("out"));

    QuickstartRun two = run(out, "--seeds", "2");

    assertThat(two.errors()).isEmpty();
    assertThat(two.exitCode()).isZero();
    assertThat(Files.readString(out.resolve("results.md"))).contains("tie");
  }

  @Test
  void anotherGraphInTheSameFolderIsRefused(@TempDir Path other) throws IOException {
    Path out = copy(other.resolve("out"));
    Path graph =
        SmallWorld.write(
            other.resolve("g2.tsv"),
            SmallWorld.triples().stream()
                .map(t -> String.join("\t", t).replace("Smith", "Jones"))
                .toList());
    Path questions =
        Files.writeString(
            other.resolve("q2.jsonl"),
            Files.readString(folder.resolve("q.jsonl")).replace("Smith", "Jones"));

    QuickstartRun changed =
        QuickstartRun.of(
            List.of(
                "--graph",
                graph.toString(),
                "--questions",
                questions.toString(),
                "--out",
                out.toString(),
                "--pretrain-steps",
                "3",
                "--only-base"));

    assertThat(changed.exitCode()).isEqualTo(1);
    assertThat(changed.errors()).contains("another graph").contains("--out");
    assertThat(out.resolve("base/model.safetensors"))
        .hasSameBinaryContentAs(finished.resolve("base/model.safetensors"));
  }
}
