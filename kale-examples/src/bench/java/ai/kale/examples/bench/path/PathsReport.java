package ai.kale.examples.bench.path;

import ai.kale.examples.bench.path.data.PathFiles;
import ai.kale.examples.bench.path.run.AllQuestions;
import ai.kale.examples.bench.report.Machine;
import ai.kale.run.AtomicFiles;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes what was measured: tables for people, every single time for programs. */
final class PathsReport {
  static final String MARKDOWN = "paths.md";
  private static final String JSON_FILE = "paths.json";
  private static final int MOST_MISMATCHES = 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PathsOptions options;
  private final List<PathFiles.Manifest> graphs;
  private final List<PathOutcome> outcomes;
  private final List<AllQuestions.Row> questions;
  private final List<String> leftOut;

  PathsReport(
      PathsOptions options,
      List<PathFiles.Manifest> graphs,
      List<PathOutcome> outcomes,
      List<AllQuestions.Row> questions,
      List<String> leftOut) {
    this.options = options;
    this.graphs = List.copyOf(graphs);
    this.outcomes = List.copyOf(outcomes);
    this.questions = List.copyOf(questions);
    this.leftOut = List.copyOf(leftOut);
  }

  void write(Path folder) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("machine", Machine.here());
    all.put("command", command());
    all.put("graphs", graphs);
    all.put("outcomes", outcomes);
    all.put("allQuestions", questions);
    try {
      AtomicFiles.writeString(folder.resolve(JSON_FILE), JSON.writeValueAsString(all) + "\n");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records and lists are JSON", e);
    }
    AtomicFiles.writeString(folder.resolve(MARKDOWN), markdown());
  }

  String markdown() {
    StringBuilder text = new StringBuilder(head());
    PathsTables tables = new PathsTables(outcomes, options.pairs, options.queryLimit);
    for (PathFiles.Manifest graph : graphs) {
      text.append(title(graph)).append(tables.of(graph.spec().graph())).append('\n');
    }
    if (!questions.isEmpty()) {
      text.append(PathsTables.questions(questions)).append('\n');
    }
    return text.append(failures()).append(checks()).toString();
  }

  private String command() {
    List<String> parts = new ArrayList<>();
    parts.add("paths --graphs " + String.join(",", chosenGraphs()));
    parts.add(
        "--contenders "
            + outcomes.stream()
                .map(o -> o.contender().key())
                .distinct()
                .collect(Collectors.joining(",")));
    parts.add("--pairs " + options.pairs);
    parts.add("--hops " + joined(options.hops));
    parts.add("--paths " + joined(options.paths));
    parts.add("--rounds " + options.rounds);
    parts.add("--query-limit " + options.queryLimit);
    parts.add("--time-limit " + options.timeLimit);
    parts.add("--warm-up " + options.warmUp);
    parts.add("--triples " + options.triples);
    parts.add("--seed " + options.seed);
    parts.add("--heap " + options.heap + " --peer-heap " + options.peerHeap);
    parts.add(options.data == null ? "" : "--data DIR");
    parts.add(options.pathEnum == null ? "" : "--pathenum FILE");
    return parts.stream().filter(p -> !p.isEmpty()).collect(Collectors.joining(" "));
  }

  private List<String> chosenGraphs() {
    List<String> names = new ArrayList<>(graphs.stream().map(g -> g.spec().graph()).toList());
    if (!questions.isEmpty()) {
      names.add(PathsOptions.ALL_QUESTIONS);
    }
    return names;
  }

  private static String joined(List<Integer> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  private String head() {
    long rounds = outcomes.stream().mapToInt(PathOutcome::round).distinct().count();
    String text =
        String.format(
            Locale.ROOT,
            "<!-- written by the paths benchmark; paste it whole, do not edit it -->\n\n"
                + "Simple paths of at most L hops, arcs usable both ways; at most K of them. Each time"
                + " is the median over %d rounds in turn, each in a process of its own (%s).\n\n"
                + "Machine: %s. Command: `%s`.\n\n",
            rounds,
            String.join(" ", PathProcesses.FLAGS),
            Machine.here().describe(),
            command());
    return leftOut.isEmpty()
        ? text
        : text + leftOut.stream().map(l -> "- " + l + "\n").collect(Collectors.joining()) + "\n";
  }

  private static String title(PathFiles.Manifest graph) {
    return String.format(
        Locale.ROOT,
        "**%s**: %,d entities, %,d relations, %,d triples, most arcs of an entity %,d; %,d pairs"
            + " for each L.%s\n\n",
        graph.spec().graph(),
        graph.entities(),
        graph.relations(),
        graph.triples(),
        graph.mostArcs(),
        graph.spec().pairs(),
        graph.note().isEmpty() ? "" : " " + graph.note() + ".");
  }

  private String failures() {
    String lines =
        outcomes.stream()
            .filter(o -> !o.result().failure().isEmpty())
            .map(
                o ->
                    String.format(
                        Locale.ROOT,
                        "- %s, %s, L=%d, K=%,d, round %d: %s%n",
                        o.graph(),
                        o.contender().title(),
                        o.result().cell().hops(),
                        o.result().cell().maxPaths(),
                        o.round(),
                        o.result().failure()))
            .collect(Collectors.joining());
    return lines.isEmpty() ? "" : "Did not finish:\n\n" + lines + "\n";
  }

  private String checks() {
    CrossCheck check = new CrossCheck(outcomes);
    List<String> wrong = check.mismatches();
    if (wrong.isEmpty()) {
      return String.format(
          Locale.ROOT,
          "All contenders that count the same found as many paths: %,d answers compared.%n",
          check.compared());
    }
    return String.format(
            Locale.ROOT,
            "**Error: %,d of %,d answers differ from another contender's; these numbers mean"
                + " nothing.**%n%n",
            wrong.size(),
            check.compared())
        + wrong.stream()
            .limit(MOST_MISMATCHES)
            .map(line -> "- " + line + "\n")
            .collect(Collectors.joining());
  }
}
