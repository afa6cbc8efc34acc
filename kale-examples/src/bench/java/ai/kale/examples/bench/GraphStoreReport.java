package ai.kale.examples.bench;

import ai.kale.examples.bench.data.DataSet;
import ai.kale.examples.bench.report.Machine;
import ai.kale.examples.bench.store.Contender;
import ai.kale.examples.bench.store.Metric;
import ai.kale.run.AtomicFiles;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The tables of the graph store benchmark, as Markdown to be pasted and as JSON. */
final class GraphStoreReport {
  static final String MARKDOWN = "graph-store.md";
  static final String JSON = "graph-store.json";
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** The JSON form: everything the tables are made of. */
  record Everything(
      String command, Machine machine, DataSet.Manifest data, List<Outcome> outcomes) {}

  private final GraphStoreOptions options;
  private final DataSet.Manifest data;
  private final List<Outcome> outcomes;
  private final Results results;

  GraphStoreReport(GraphStoreOptions options, DataSet.Manifest data, List<Outcome> outcomes) {
    this.options = options;
    this.data = data;
    this.outcomes = List.copyOf(outcomes);
    this.results = new Results(outcomes);
  }

  /** Writes both files into a folder. */
  void write(Path folder) {
    text(folder.resolve(MARKDOWN), markdown());
    try {
      Everything all = new Everything(command(), Machine.here(), data, outcomes);
      text(folder.resolve(JSON), MAPPER.writeValueAsString(all) + "\n");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records of numbers and texts have a JSON form", e);
    }
  }

  private static void text(Path file, String text) {
    AtomicFiles.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  String markdown() {
    return head() + new GraphStoreTables(options, data, outcomes) + failures() + checks();
  }

  private String command() {
    return String.format(
        Locale.ROOT,
        "graph-store --triples %d --entities %d --relations %d --seed %d --rounds %d --heap %s"
            + " --mapped-heap %s --peer-heap %s --scan-entities %d --scan-seconds %.1f%s",
        data.spec().triples(),
        data.spec().entities(),
        data.spec().relations(),
        data.spec().seed(),
        options.rounds,
        options.heap,
        options.mappedHeap,
        options.peerHeap,
        options.scanEntities,
        options.scanSeconds,
        options.only.isEmpty() ? "" : " --only " + String.join(",", options.only));
  }

  private String head() {
    long rounds = outcomes.stream().mapToInt(Outcome::round).distinct().count();
    return String.format(
        Locale.ROOT,
        "<!-- written by the graph-store benchmark; paste it whole, do not edit it -->\n\n"
            + "%,d triples, %,d entities, %,d relations; medians of %d rounds in turn, each run in"
            + " a JVM of its own (%s).\n\nMachine: %s. Command: `%s`. SHA-256 of the data: TSV"
            + " `%s`, N-Triples `%s`.\n\n",
        data.spec().triples(),
        data.entities(),
        data.spec().relations(),
        rounds,
        String.join(" ", ChildProcesses.FLAGS),
        Machine.here().describe(),
        command(),
        data.tsv().sha256(),
        data.ntriples().sha256());
  }

  private String failures() {
    List<String> lines = new ArrayList<>();
    for (Contender c : results.contenders()) {
      results.failures(c).forEach(f -> lines.add("- " + c.title() + ", " + f + "\n"));
    }
    return lines.isEmpty()
        ? ""
        : "Did not finish:\n\n" + lines.stream().collect(Collectors.joining()) + "\n";
  }

  private String checks() {
    boolean agree =
        results.agree(Metric.TRIPLES)
            && results.agree(Metric.RANDOM_ARCS)
            && results.agree(Metric.CHECK_NEIGHBOURS)
            && results.agree(Metric.CHECK_ARCS);
    return agree
        ? "All that finished hold the same number of triples, and their scans see the same arcs.\n"
        : "**The contenders disagree about the graph; these numbers mean nothing.**\n";
  }
}
