package ai.kale.kg.jena;

import ai.kale.error.SetupException;
import ai.kale.kg.rdf.RdfStoreGraph;
import ai.kale.kg.rdf.RdfStoreOptions;
import ai.kale.kg.rdf.StatementReader;
import java.util.List;
import java.util.function.Function;
import org.apache.jena.graph.Node;
import org.apache.jena.query.Dataset;
import org.apache.jena.shared.JenaException;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.system.Txn;

/**
 * Any Jena dataset as a knowledge graph, read in place; see {@link RdfStoreGraph}.
 *
 * <p>Each call that has to read does so in the transaction that the calling thread is in, or else
 * in a read transaction of its own. So a caller may put a whole search into one transaction, to see
 * one state of the data, or do nothing about transactions at all. Several threads may search at
 * once if the dataset is transactional (in memory by {@code DatasetFactory.createTxnMem}, TDB2).
 */
public final class JenaKnowledgeGraph extends RdfStoreGraph {
  private final Dataset dataset;
  private final boolean closing;
  private final List<Node> graphs;

  private JenaKnowledgeGraph(Dataset dataset, RdfStoreOptions options) {
    super(options);
    this.dataset = dataset;
    this.closing = options.closing();
    this.graphs =
        options.graphs().isEmpty()
            ? List.of(Node.ANY)
            : options.graphs().stream().map(JenaTerms::graph).toList();
  }

  /**
   * All graphs of a dataset with the default options.
   *
   * @param dataset the store; stays open
   * @return a knowledge graph
   */
  public static JenaKnowledgeGraph of(Dataset dataset) {
    return of(dataset, RdfStoreOptions.defaults());
  }

  /**
   * A dataset.
   *
   * @param dataset the store
   * @param options graphs, languages, literals
   * @return a knowledge graph
   * @throws SetupException if a graph of the options is not there, or the dataset cannot be read
   */
  public static JenaKnowledgeGraph of(Dataset dataset, RdfStoreOptions options) {
    JenaKnowledgeGraph graph = new JenaKnowledgeGraph(dataset, options);
    graph.checkGraphs();
    return graph;
  }

  @Override
  protected <T> T read(Function<StatementReader, T> work) {
    return inTransaction(quads -> work.apply(new DatasetReader(quads, graphs)));
  }

  @Override
  protected boolean hasGraph(String name) {
    return inTransaction(
        quads -> quads.contains(JenaTerms.graph(name), Node.ANY, Node.ANY, Node.ANY));
  }

  private <T> T inTransaction(Function<DatasetGraph, T> work) {
    DatasetGraph quads = dataset.asDatasetGraph();
    try {
      return !dataset.supportsTransactions() || dataset.isInTransaction()
          ? work.apply(quads)
          : Txn.calculateRead(dataset, () -> work.apply(quads));
    } catch (JenaException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e; // the base class makes a cancellation of it
      }
      throw new SetupException(
          "the dataset cannot be read: " + e.getMessage() + "; check that it is open", e);
    }
  }

  @Override
  protected void closeStore() {
    if (closing) {
      dataset.close();
    }
  }
}
