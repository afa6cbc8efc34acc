package ai.kale.examples.bench.path;

import ai.kale.error.SetupException;
import ai.kale.examples.bench.path.data.PathFiles;
import ai.kale.examples.bench.path.data.PathGraph;
import ai.kale.examples.bench.path.data.PathSpec;
import ai.kale.examples.bench.path.find.PathContender;
import ai.kale.examples.bench.path.run.AllQuestions;
import ai.kale.examples.bench.path.run.CellResult;
import ai.kale.examples.bench.path.run.PathJob;
import ai.kale.examples.bench.path.run.QueryTime;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Rounds of all contenders on all graphs in turn, and the tables after each. */
final class PathsBenchmark {
  private final PathsOptions options;
  private final PathLauncher launcher;
  private final PrintStream console;

  PathsBenchmark(PathsOptions options, PathLauncher launcher, PrintStream console) {
    this.options = options;
    this.launcher = launcher;
    this.console = console;
  }

  /**
   * Runs everything and writes {@code paths.md} and {@code paths.json}.
   *
   * @return all outcomes
   */
  List<PathOutcome> run() {
    List<String> leftOut = new ArrayList<>();
    List<PathGraph> graphs = graphs(leftOut);
    List<PathContender> contenders = contenders(leftOut);
    leftOut.forEach(console::println);
    List<PathFiles.Manifest> manifests = new ArrayList<>();
    for (PathGraph graph : graphs) {
      console.printf("graph: %s%n", folder(graph));
      manifests.add(new PathFiles(folder(graph)).prepare(spec(graph)));
    }
    List<PathOutcome> outcomes = new ArrayList<>();
    List<AllQuestions.Row> questions = new ArrayList<>();
    if (options.allQuestions() && options.data != null) {
      questions.addAll(new AllQuestionsProcess(options, options.data).run());
    }
    for (int round = 1; round <= options.rounds; round++) {
      for (PathGraph graph : graphs) {
        for (PathContender contender : contenders) {
          PathJob job =
              new PathJob(
                  contender.key(), folder(graph).toString(), options.cells(), options.limits());
          for (CellResult result : launcher.run(contender, round, job)) {
            PathOutcome outcome = new PathOutcome(graph.key(), contender, round, result);
            outcomes.add(outcome);
            console.println(line(outcome));
          }
        }
        new PathsReport(options, manifests, outcomes, questions, leftOut).write(options.out);
      }
    }
    new PathsReport(options, manifests, outcomes, questions, leftOut).write(options.out);
    console.println();
    console.print(read(options.out.resolve(PathsReport.MARKDOWN)));
    return outcomes;
  }

  private List<PathGraph> graphs(List<String> leftOut) {
    List<PathGraph> chosen = new ArrayList<>();
    for (PathGraph graph : options.chosenGraphs()) {
      if (graph.needsData() && options.data == null) {
        leftOut.add(graph.key() + " is left out: it needs --data with MetaQA");
      } else {
        chosen.add(graph);
      }
    }
    if (options.allQuestions() && options.data == null) {
      leftOut.add(PathsOptions.ALL_QUESTIONS + " is left out: it needs --data with MetaQA");
    }
    return chosen;
  }

  private List<PathContender> contenders(List<String> leftOut) {
    List<PathContender> chosen = new ArrayList<>(options.chosenContenders());
    if (options.pathEnum == null && chosen.remove(PathContender.PATHENUM)) {
      leftOut.add("pathenum is left out: it needs --pathenum with its program");
    }
    return chosen;
  }

  private PathSpec spec(PathGraph graph) {
    return new PathSpec(
        graph.key(),
        graph.needsData() ? String.valueOf(options.data) : "",
        graph == PathGraph.SYNTHETIC ? options.triples : 0,
        options.pairs,
        options.hops.stream().sorted().toList(),
        options.seed);
  }

  private Path folder(PathGraph graph) {
    return options.out.resolve("data").resolve(graph.key()).toAbsolutePath();
  }

  private static String line(PathOutcome outcome) {
    CellResult result = outcome.result();
    long nanos = result.queries().stream().mapToLong(QueryTime::nanos).sum();
    String what =
        String.format(Locale.ROOT, "%d queries in %.2f s", result.queries().size(), nanos / 1e9);
    return String.format(
        Locale.ROOT,
        "round %d %s %s L=%d K=%d: %s",
        outcome.round(),
        outcome.graph(),
        outcome.contender().key(),
        result.cell().hops(),
        result.cell().maxPaths(),
        result.failure().isEmpty() ? what : what + "; " + result.failure());
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new SetupException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
