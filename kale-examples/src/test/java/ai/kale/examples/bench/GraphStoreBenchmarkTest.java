package ai.kale.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.examples.bench.store.Contender;
import ai.kale.examples.bench.store.Job;
import ai.kale.examples.bench.store.Metric;
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

/**
 * The whole benchmark at a tiny size; it also holds KALE's store against Jena, RDF4J and JGraphT.
 */
class GraphStoreBenchmarkTest {
  @SuppressWarnings("NullAway.Init") // set by JUnit
  @TempDir
  Path out;

  @Test
  void allStoresHoldTheSameGraphSeeTheSameArcsAndHaveARowInTheReport() throws Exception {
    List<Outcome> outcomes = run(this::here);

    assertThat(outcomes).hasSize(Contender.values().length).noneMatch(Outcome::failed);
    assertThat(values(outcomes, Metric.TRIPLES)).hasSize(8).containsOnly(3000.0);
    List<Double> neighbours = values(outcomes, Metric.CHECK_NEIGHBOURS);
    assertThat(neighbours).hasSize(7).containsOnly(neighbours.get(0));
    List<Double> arcs = values(outcomes, Metric.CHECK_ARCS);
    assertThat(arcs).hasSize(6).containsOnly(arcs.get(0)).doesNotContain(neighbours.get(0));
    assertThat(values(outcomes, Metric.RANDOM_ARCS)).allMatch(n -> n > 3000);
    assertThat(values(outcomes, Metric.SCAN_SEQUENTIAL)).hasSize(6).allMatch(rate -> rate > 0);

    String report = Files.readString(out.resolve("graph-store.md"));
    for (Contender contender : Contender.values()) {
      assertThat(report).contains("| " + contender.title());
    }
    assertThat(report)
        .contains("3,000 triples", "--seed 7", "their scans see the same arcs")
        .doesNotContain("Did not finish");
    assertThat(Files.readString(out.resolve("graph-store.json"))).contains("\"RANDOM_ARCS\"");
  }

  @Test
  void childrenMeasureInAJvmOfTheirOwnAndFailuresAreReported() throws Exception {
    String[] args = {"--only", "kale-tsv,rio-parse", "--heap", "64m"};
    GraphStoreOptions options = options(args);
    List<Outcome> outcomes = run(options, new ChildProcesses(options));
    assertThat(outcomes).hasSize(2).noneMatch(Outcome::failed);
    assertThat(outcomes.get(0).values()).containsKeys(Metric.LOAD_CPU, Metric.DICTIONARY_TEXT);

    Job job = new Job("kale-mapped", out.resolve("nothing").toString(), 10, 0, 1);
    Outcome failed = new ChildProcesses(options).run(Contender.KALE_MAPPED, 2, job);
    assertThat(failed.failure()).startsWith("exit code 1: ");
    List<Outcome> all = new ArrayList<>(outcomes);
    all.add(failed);
    assertThat(new Results(all).failures(Contender.KALE_MAPPED))
        .containsExactly("round 2: " + failed.failure());
  }

  private Outcome here(Contender contender, int round, Job job) {
    try {
      return new Outcome(contender, round, contender.run(job).values(), "");
    } catch (Exception e) {
      throw new AssertionError(contender.key(), e);
    }
  }

  private List<Outcome> run(Launcher launcher) throws Exception {
    return run(options(), launcher);
  }

  private static List<Outcome> run(GraphStoreOptions options, Launcher launcher) {
    PrintStream console =
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    return new GraphStoreBenchmark(options, launcher, console).run();
  }

  private GraphStoreOptions options(String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "--triples=3000",
                "--entities=700",
                "--relations=20",
                "--seed=7",
                "--rounds=1",
                "--scan-entities=500",
                "--scan-seconds=0",
                "--out=" + out));
    args.addAll(List.of(more));
    GraphStoreOptions options = new GraphStoreOptions();
    new CommandLine(
            CommandLine.Model.CommandSpec.create()
                .addMixin("o", CommandLine.Model.CommandSpec.forAnnotatedObject(options)))
        .parseArgs(args.toArray(String[]::new));
    return options;
  }

  private static List<Double> values(List<Outcome> outcomes, Metric metric) {
    return outcomes.stream().map(o -> o.values().get(metric)).filter(v -> v != null).toList();
  }
}
