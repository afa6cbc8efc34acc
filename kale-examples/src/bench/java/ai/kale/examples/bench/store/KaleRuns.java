package ai.kale.examples.bench.store;

import ai.kale.kg.KnowledgeGraphs;
import ai.kale.kg.graph.CompactGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What KALE's own store is measured by. */
final class KaleRuns {
  private static final int OPENS = 201;

  private KaleRuns() {}

  static void fromTsv(Job job, Measures out) throws Exception {
    CompactStore store =
        LoadRun.load(job, out, data -> new CompactStore(KnowledgeGraphs.read(data.tsv()), "Q"));
    sizes(store.graph(), out);
    scan(store, job, out);
    write(store.graph(), job.dataSet().graphFile(), out);
  }

  static void fromNTriples(Job job, Measures out) throws Exception {
    CompactStore store =
        LoadRun.load(
            job,
            out,
            data -> new CompactStore(KnowledgeGraphs.read(data.ntriples()), Ids.ENTITY_IRI));
    sizes(store.graph(), out);
    new Scans(job).check(store, out);
  }

  static void mapped(Job job, Measures out) throws Exception {
    Path file = job.dataSet().graphFile();
    Clock clock = new Clock();
    CompactGraph graph = CompactGraph.open(file);
    out.put(Metric.OPEN_FIRST, clock.wallSeconds() * 1e3);
    out.put(Metric.FILE, Files.size(file));
    out.put(Metric.OPEN_WARM, warmOpen(file));
    clock = new Clock();
    CompactGraph.verify(file);
    out.put(Metric.VERIFY, clock.wallSeconds());
    CompactStore store = new CompactStore(graph, "Q");
    out.put(Metric.TRIPLES, store.triples());
    scan(store, job, out);
  }

  private static double warmOpen(Path file) {
    double[] millis = new double[OPENS];
    for (int i = 0; i < OPENS; i++) {
      Clock clock = new Clock();
      CompactGraph graph = CompactGraph.open(file);
      millis[i] = clock.wallSeconds() * 1e3;
      graph.close();
    }
    Arrays.sort(millis);
    return millis[OPENS / 2];
  }

  private static void scan(CompactStore store, Job job, Measures out) {
    Scans scans = new Scans(job);
    scans.check(store, out);
    scans.measure(store, out, Metric.SCAN_RANDOM, Metric.SCAN_SEQUENTIAL);
    scans.measure(store.expanding(), out, Metric.EXPAND_RANDOM, Metric.EXPAND_SEQUENTIAL);
  }

  private static void sizes(CompactGraph graph, Measures out) {
    out.put(Metric.ARRAYS, graph.adjacency().byteLength());
    out.put(Metric.ENTITIES, graph.entityCount());
  }

  private static void write(CompactGraph graph, Path file, Measures out) throws IOException {
    Clock clock = new Clock();
    graph.snapshot();
    out.put(Metric.SNAPSHOT, clock.wallSeconds());
    clock = new Clock();
    graph.write(file);
    out.put(Metric.WRITE, clock.wallSeconds());
    FileSections sections = FileSections.of(file);
    out.put(Metric.DICTIONARY_SLOTS, sections.bytes(FileSections.ENTITY_SLOTS));
    out.put(Metric.DICTIONARY_POSITIONS, sections.bytes(FileSections.ENTITY_POSITIONS));
    out.put(Metric.DICTIONARY_TEXT, sections.bytes(FileSections.ENTITY_TEXT));
  }
}
