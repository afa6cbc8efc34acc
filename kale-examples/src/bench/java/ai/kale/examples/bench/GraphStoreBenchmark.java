package ai.kale.examples.bench;

import ai.kale.error.SetupException;
import ai.kale.examples.bench.data.DataSet;
import ai.kale.examples.bench.data.GraphSpec;
import ai.kale.examples.bench.store.Contender;
import ai.kale.examples.bench.store.Job;
import ai.kale.examples.bench.store.Metric;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Rounds of all contenders in turn, and the tables after each. */
final class GraphStoreBenchmark {
  private final GraphStoreOptions options;
  private final Launcher launcher;
  private final PrintStream console;

  GraphStoreBenchmark(GraphStoreOptions options, Launcher launcher, PrintStream console) {
    this.options = options;
    this.launcher = launcher;
    this.console = console;
  }

  /**
   * Runs everything and writes {@code graph-store.md} and {@code graph-store.json}.
   *
   * @return all outcomes
   */
  List<Outcome> run() {
    GraphSpec spec = options.spec();
    DataSet data = new DataSet(folder(spec));
    console.printf("data: %s%n", folder(spec));
    DataSet.Manifest manifest = data.prepare(spec);
    List<Outcome> outcomes = new ArrayList<>();
    for (int round = 1; round <= options.rounds; round++) {
      for (Contender contender : options.contenders()) {
        Job job =
            new Job(
                contender.key(),
                folder(spec).toString(),
                options.scanEntities,
                options.scanSeconds,
                options.seed);
        Outcome outcome = launcher.run(contender, round, job);
        outcomes.add(outcome);
        console.println(line(outcome));
      }
      new GraphStoreReport(options, manifest, outcomes).write(options.out);
    }
    console.println();
    console.print(read(options.out.resolve(GraphStoreReport.MARKDOWN)));
    return outcomes;
  }

  private Path folder(GraphSpec spec) {
    return options
        .out
        .resolve("data")
        .resolve(spec.triples() + "-" + spec.entities() + "-" + spec.seed())
        .toAbsolutePath();
  }

  private static String line(Outcome outcome) {
    String what =
        outcome.failed()
            ? outcome.failure()
            : outcome.values().containsKey(Metric.LOAD_WALL)
                ? String.format(
                    Locale.ROOT,
                    "%.2f s, CPU %.2f s",
                    outcome.values().get(Metric.LOAD_WALL),
                    outcome.values().get(Metric.LOAD_CPU))
                : "done";
    return "round " + outcome.round() + " " + outcome.contender().key() + ": " + what;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new SetupException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
