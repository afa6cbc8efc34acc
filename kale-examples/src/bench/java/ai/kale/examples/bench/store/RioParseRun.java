package ai.kale.examples.bench.store;

import java.io.BufferedInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.rdf4j.model.Statement;
import org.eclipse.rdf4j.rio.helpers.AbstractRDFHandler;
import org.eclipse.rdf4j.rio.ntriples.NTriplesParser;

/** RDF4J's N-Triples parser with its default settings; its statements are counted and dropped. */
final class RioParseRun {
  private RioParseRun() {}

  static void run(Job job, Measures out) throws Exception {
    Path file = job.dataSet().ntriples();
    Counter counter = new Counter();
    NTriplesParser parser = new NTriplesParser();
    parser.setRDFHandler(counter);
    try (HeapWatch watch = new HeapWatch();
        InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      Clock clock = new Clock();
      parser.parse(in, "");
      out.put(Metric.LOAD_WALL, clock.wallSeconds());
      out.put(Metric.LOAD_CPU, clock.cpuSeconds());
      out.put(Metric.HEAP_PEAK, watch.peak());
    }
    out.put(Metric.TRIPLES, counter.statements);
  }

  private static final class Counter extends AbstractRDFHandler {
    private long statements;

    @Override
    public void handleStatement(Statement statement) {
      statements++;
    }
  }
}
