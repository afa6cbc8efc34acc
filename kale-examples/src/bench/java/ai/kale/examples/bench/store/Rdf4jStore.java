package ai.kale.examples.bench.store;

import ai.kale.examples.bench.data.DataSet;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import org.eclipse.rdf4j.common.iteration.CloseableIteration;
import org.eclipse.rdf4j.common.transaction.IsolationLevels;
import org.eclipse.rdf4j.model.IRI;
import org.eclipse.rdf4j.model.Resource;
import org.eclipse.rdf4j.model.Statement;
import org.eclipse.rdf4j.model.Value;
import org.eclipse.rdf4j.rio.helpers.AbstractRDFHandler;
import org.eclipse.rdf4j.rio.ntriples.NTriplesParser;
import org.eclipse.rdf4j.sail.SailConnection;
import org.eclipse.rdf4j.sail.memory.MemoryStore;
import org.jspecify.annotations.Nullable;

/** RDF4J's MemoryStore, filled in one transaction without isolation and read without inference. */
final class Rdf4jStore implements Store {
  private final MemoryStore store;
  private final SailConnection connection;

  private Rdf4jStore(MemoryStore store) {
    this.store = store;
    this.connection = store.getConnection();
  }

  static void run(Job job, Measures out) throws Exception {
    LoadRun.loadAndScan(job, out, Rdf4jStore::load);
  }

  private static Rdf4jStore load(DataSet data) throws IOException {
    MemoryStore store = new MemoryStore();
    store.init();
    // Values of the store's own factory go into it without being copied.
    NTriplesParser parser = new NTriplesParser(store.getValueFactory());
    try (SailConnection connection = store.getConnection();
        InputStream in = new BufferedInputStream(Files.newInputStream(data.ntriples()), 1 << 16)) {
      connection.begin(IsolationLevels.NONE);
      parser.setRDFHandler(
          new AbstractRDFHandler() {
            @Override
            public void handleStatement(Statement s) {
              connection.addStatement(s.getSubject(), s.getPredicate(), s.getObject());
            }
          });
      parser.parse(in, "");
      connection.commit();
    }
    return new Rdf4jStore(store);
  }

  @Override
  public long triples() {
    return connection.size();
  }

  @Override
  public boolean hasRelations() {
    return true;
  }

  @Override
  public Scan scan(int[] numbers) {
    IRI[] nodes = new IRI[numbers.length];
    for (int i = 0; i < nodes.length; i++) {
      nodes[i] = store.getValueFactory().createIRI(Ids.iri(numbers[i]));
    }
    return new IriScan(connection, nodes);
  }

  private static final class IriScan implements Scan {
    private final SailConnection connection;
    private final IRI[] nodes;

    IriScan(SailConnection connection, IRI[] nodes) {
      this.connection = connection;
      this.nodes = nodes;
    }

    @Override
    public long sum() {
      long sum = 0;
      for (IRI node : nodes) {
        try (CloseableIteration<? extends Statement> forward = find(node, null)) {
          while (forward.hasNext()) {
            sum += forward.next().getObject().hashCode();
          }
        }
        try (CloseableIteration<? extends Statement> backward = find(null, node)) {
          while (backward.hasNext()) {
            sum += backward.next().getSubject().hashCode();
          }
        }
      }
      return sum;
    }

    @SuppressWarnings("NullAway") // null is this library's wildcard
    private CloseableIteration<? extends Statement> find(
        @Nullable Resource subject, @Nullable Value object) {
      return connection.getStatements(subject, null, object, false);
    }

    @Override
    public void visit(Arcs arcs) {
      for (IRI node : nodes) {
        int own = number(node);
        try (CloseableIteration<? extends Statement> forward = find(node, null)) {
          forward.forEachRemaining(
              s -> arcs.arc(own, number(s.getPredicate()), false, number(s.getObject())));
        }
        try (CloseableIteration<? extends Statement> backward = find(null, node)) {
          backward.forEachRemaining(
              s -> arcs.arc(own, number(s.getPredicate()), true, number(s.getSubject())));
        }
      }
    }

    private static int number(Value value) {
      return Ids.number(value.stringValue());
    }
  }
}
