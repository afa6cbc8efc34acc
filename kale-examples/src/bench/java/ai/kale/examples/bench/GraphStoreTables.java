package ai.kale.examples.bench;

import static ai.kale.examples.bench.report.MarkdownTable.number;
import static ai.kale.examples.bench.report.MarkdownTable.ratio;
import static ai.kale.examples.bench.store.Contender.KALE_MAPPED;
import static ai.kale.examples.bench.store.Contender.KALE_NTRIPLES;
import static ai.kale.examples.bench.store.Contender.KALE_TSV;
import static ai.kale.examples.bench.store.Contender.RIO_PARSE;

import ai.kale.examples.bench.data.DataSet;
import ai.kale.examples.bench.report.MarkdownTable;
import ai.kale.examples.bench.store.Contender;
import ai.kale.examples.bench.store.Metric;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** The tables of {@link GraphStoreReport}. */
final class GraphStoreTables {
  private static final double MIB = 0x1p20;
  private static final double MILLION = 1e6;

  private final GraphStoreOptions options;
  private final DataSet.Manifest data;
  private final List<Outcome> outcomes;
  private final Results results;

  GraphStoreTables(GraphStoreOptions options, DataSet.Manifest data, List<Outcome> outcomes) {
    this.options = options;
    this.data = data;
    this.outcomes = List.copyOf(outcomes);
    this.results = new Results(outcomes);
  }

  @Override
  public String toString() {
    return load() + scans() + file() + ntriples();
  }

  private List<Contender> present(Metric metric) {
    return results.contenders().stream()
        .filter(c -> results.median(c, metric).isPresent() || !results.failures(c).isEmpty())
        .toList();
  }

  private String load() {
    MarkdownTable table =
        new MarkdownTable(
            "Load",
            "-Xmx",
            "wall, s",
            "CPU, s",
            "CPU, of KALE's for this format",
            "heap after, MiB",
            "bytes a triple",
            "of KALE's",
            "peak heap, MiB");
    for (Contender c : present(Metric.LOAD_WALL)) {
      if (c != RIO_PARSE && c != KALE_MAPPED) {
        OptionalDouble live = results.median(c, Metric.HEAP_LIVE);
        table.row(
            List.of(
                c.title(),
                options.heapOf(c),
                wall(c),
                number(results.median(c, Metric.LOAD_CPU), 1, 2),
                ratio(results.ratio(c, sameInput(c), Metric.LOAD_CPU)),
                number(live, MIB, 0),
                number(live, data.spec().triples(), 1),
                ratio(results.ratio(c, KALE_TSV, Metric.HEAP_LIVE)),
                number(results.median(c, Metric.HEAP_PEAK), MIB, 0)));
      }
    }
    return table + "\n" + within();
  }

  private String wall(Contender contender) {
    OptionalDouble wall = results.median(contender, Metric.LOAD_WALL);
    return wall.isEmpty() ? "did not finish" : number(wall, 1, 2);
  }

  /** Whether KALE's heap was enough. */
  private String within() {
    long runs = outcomes.stream().filter(o -> o.contender() == KALE_TSV).count();
    int failed = results.failures(KALE_TSV).size();
    return runs == 0
        ? ""
        : String.format(
            Locale.ROOT,
            "KALE's load from TSV finished with -Xmx%s in %d of %d rounds.\n\n",
            options.heap,
            runs - failed,
            runs);
  }

  /** KALE, fed with the same format. */
  private static Contender sameInput(Contender contender) {
    return contender == Contender.JGRAPHT || contender == KALE_TSV ? KALE_TSV : KALE_NTRIPLES;
  }

  private String scans() {
    MarkdownTable table =
        new MarkdownTable(
            "Scan, million arcs a second",
            "random entities",
            "KALE's arrays are",
            "consecutive entities",
            "KALE's arrays are");
    for (Contender c : present(Metric.SCAN_RANDOM)) {
      if (c == KALE_TSV || c == KALE_MAPPED) {
        scan(table, c, ", arrays", Metric.SCAN_RANDOM, Metric.SCAN_SEQUENTIAL);
        scan(table, c, ", expand", Metric.EXPAND_RANDOM, Metric.EXPAND_SEQUENTIAL);
      } else if (c.heap() == Contender.Heap.PEER) {
        scan(table, c, "", Metric.SCAN_RANDOM, Metric.SCAN_SEQUENTIAL);
      }
    }
    return table + "\n";
  }

  private void scan(
      MarkdownTable table, Contender c, String how, Metric random, Metric consecutive) {
    table.row(
        List.of(
            c.title() + how,
            number(results.median(c, random), MILLION, 1),
            ratio(results.ratio(KALE_TSV, Metric.SCAN_RANDOM, c, random)),
            number(results.median(c, consecutive), MILLION, 1),
            ratio(results.ratio(KALE_TSV, Metric.SCAN_SEQUENTIAL, c, consecutive))));
  }

  private String file() {
    OptionalDouble entities = results.median(KALE_TSV, Metric.ENTITIES);
    if (entities.isEmpty()) {
      return "";
    }
    double n = entities.getAsDouble();
    double m = data.spec().triples();
    MarkdownTable table = new MarkdownTable("KALE's store", "value");
    fact(table, "adjacency arrays, bytes a triple", KALE_TSV, Metric.ARRAYS, m, 2);
    fact(table, "dictionary table, bytes an entity", KALE_TSV, Metric.DICTIONARY_SLOTS, n, 2);
    fact(table, "its positions, bytes an entity", KALE_TSV, Metric.DICTIONARY_POSITIONS, n, 2);
    fact(table, "its text, bytes an entity", KALE_TSV, Metric.DICTIONARY_TEXT, n, 2);
    fact(table, "content hash, s", KALE_TSV, Metric.SNAPSHOT, 1, 2);
    fact(table, "writing the file, s", KALE_TSV, Metric.WRITE, 1, 2);
    fact(table, "file, MiB", KALE_MAPPED, Metric.FILE, MIB, 1);
    fact(table, "first open of a JVM, ms", KALE_MAPPED, Metric.OPEN_FIRST, 1, 2);
    fact(table, "further opens, ms", KALE_MAPPED, Metric.OPEN_WARM, 1, 3);
    fact(table, "verifying the file, s", KALE_MAPPED, Metric.VERIFY, 1, 2);
    return table + "\n";
  }

  private void fact(
      MarkdownTable table, String what, Contender of, Metric metric, double unit, int decimals) {
    table.row(List.of(what, number(results.median(of, metric), unit, decimals)));
  }

  private String ntriples() {
    if (results.median(RIO_PARSE, Metric.LOAD_WALL).isEmpty()) {
      return "";
    }
    MarkdownTable table = new MarkdownTable("The same N-Triples", "wall, s", "CPU, s");
    for (Contender c : List.of(RIO_PARSE, KALE_NTRIPLES)) {
      table.row(
          List.of(
              c.title(),
              number(results.median(c, Metric.LOAD_WALL), 1, 2),
              number(results.median(c, Metric.LOAD_CPU), 1, 2)));
    }
    table.row(
        List.of(
            "KALE's load, of parsing alone",
            ratio(results.ratio(KALE_NTRIPLES, RIO_PARSE, Metric.LOAD_WALL)),
            ratio(results.ratio(KALE_NTRIPLES, RIO_PARSE, Metric.LOAD_CPU))));
    return table + "\n";
  }
}
