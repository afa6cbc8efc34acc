package ai.kale.examples.bench.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.SetupException;
import ai.kale.examples.bench.path.find.PathContender;
import ai.kale.examples.bench.path.run.CellResult;
import ai.kale.examples.bench.path.run.PathChildMain;
import ai.kale.examples.bench.path.run.PathJob;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The whole benchmark at a tiny size; it also holds KALE's paths against those of its peers. */
class PathsBenchmarkTest {
  @SuppressWarnings("NullAway.Init") // set by JUnit
  @TempDir
  Path out;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @Test
  void allContendersFindTheSamePathsAndHaveARowInTheReport() throws Exception {
    PathsOptions options = options();

    List<PathOutcome> outcomes = run(options, PathsBenchmarkTest::here);

    assertThat(outcomes).hasSize(9 * 4).allMatch(o -> o.result().failure().isEmpty());
    assertThat(outcomes).allMatch(o -> o.result().queries().size() == 20);
    assertThat(new CrossCheck(outcomes).mismatches()).isEmpty();
    assertThat(new CrossCheck(outcomes).compared()).isEqualTo(20 * 4 * 7);
    assertThat(outcomes)
        .filteredOn(o -> o.result().cell().maxPaths() == 5 && o.result().cell().hops() == 3)
        .allMatch(o -> o.result().queries().stream().anyMatch(q -> q.paths() == 5));
    String report = Files.readString(out.resolve("paths.md"));
    assertThat(report)
        .contains("**synthetic**: 230 entities, 800 relations, 1,000 triples", "--hops 3,2")
        .contains("All contenders that count the same found as many paths: 560 answers compared.")
        .contains("pathenum is left out", "| Neo4j allSimplePaths | 3 | 100,000 | arcs |")
        .doesNotContain("Did not finish");
    assertThat(Files.readString(out.resolve("paths.json"))).contains("\"nanos\"");
    assertThat(printed.toString(StandardCharsets.UTF_8)).contains("pathenum is left out");
  }

  @Test
  void childrenSearchInAJvmOfTheirOwnAndFailuresAreReported() {
    PathsOptions options = options("--contenders=exact", "--heap=64m", "--hops=2");
    List<PathOutcome> outcomes = run(options, new PathProcesses(options));
    assertThat(outcomes).hasSize(2).allMatch(o -> o.result().queries().size() == 20);

    PathJob job =
        new PathJob("exact", out.resolve("nothing").toString(), options.cells(), options.limits());
    List<CellResult> failed = new PathProcesses(options).run(PathContender.EXACT, 2, job);

    assertThat(failed).hasSize(2).allMatch(r -> r.failure().startsWith("exit code 1: "));
  }

  @Test
  void whatIsNotKnownIsRefusedBeforeAnythingIsDone() {
    assertThatThrownBy(() -> options("--graphs=paris").check())
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("no graph 'paris'; there are [metaqa-2hop");
    assertThatThrownBy(() -> options("--contenders=exact,paris").check())
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("no contender 'paris'; there are [exact");
    assertThatThrownBy(() -> options("--pairs=0").check()).isInstanceOf(SetupException.class);
    assertThatThrownBy(() -> options("--pathenum=" + out.resolve("none")).check())
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("is no program");
    assertThatThrownBy(() -> options("--data=" + out).check())
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("has no kg.tsv");
  }

  private static List<CellResult> here(PathContender contender, int round, PathJob job) {
    List<CellResult> results = new ArrayList<>();
    PathChildMain.run(job, results::add);
    return results;
  }

  private List<PathOutcome> run(PathsOptions options, PathLauncher launcher) {
    options.check();
    PrintStream console = new PrintStream(printed, true, StandardCharsets.UTF_8);
    return new PathsBenchmark(options, launcher, console).run();
  }

  private PathsOptions options(String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "--graphs=synthetic",
                "--triples=1000",
                "--pairs=20",
                "--hops=3,2",
                "--paths=5,100000",
                "--rounds=1",
                "--warm-up=0",
                "--query-limit=60",
                "--time-limit=600",
                "--seed=7",
                "--out=" + out));
    args.removeIf(
        arg -> List.of(more).stream().anyMatch(m -> m.startsWith(arg.replaceAll("=.*", "="))));
    args.addAll(List.of(more));
    PathsOptions options = new PathsOptions();
    new CommandLine(
            CommandLine.Model.CommandSpec.create()
                .addMixin("o", CommandLine.Model.CommandSpec.forAnnotatedObject(options)))
        .parseArgs(args.toArray(String[]::new));
    return options;
  }
}
