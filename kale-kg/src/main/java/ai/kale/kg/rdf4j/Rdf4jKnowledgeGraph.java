package ai.kale.kg.rdf4j;

import ai.kale.error.SetupException;
import ai.kale.error.TransientFailureException;
import ai.kale.kg.rdf.RdfStoreGraph;
import ai.kale.kg.rdf.RdfStoreOptions;
import ai.kale.kg.rdf.StatementReader;
import java.util.function.Function;
import org.eclipse.rdf4j.common.exception.RDF4JException;
import org.eclipse.rdf4j.model.Resource;
import org.eclipse.rdf4j.repository.Repository;
import org.eclipse.rdf4j.repository.RepositoryConnection;
import org.eclipse.rdf4j.repository.RepositoryLockedException;

/**
 * Any RDF4J repository as a knowledge graph, read in place; see {@link RdfStoreGraph}.
 *
 * <p>A search goes against the arrows too, which asks for statements by object. RDF4J's native and
 * LMDB stores have no index for that by default and then read everything for each entity: make them
 * with the indexes {@code "spoc,posc,ospc"}.
 *
 * <p>Each call that has to read opens one connection and closes it, so several threads may search
 * at once. A connection reads what is committed at that moment. Blank nodes are named {@code _:}
 * and their id, which works with stores in this process; for a store behind a SPARQL endpoint use
 * an adapter for SPARQL.
 */
public final class Rdf4jKnowledgeGraph extends RdfStoreGraph {
  private final Repository repository;
  private final boolean inferred;
  private final boolean closing;
  private final Resource[] contexts;

  private Rdf4jKnowledgeGraph(Repository repository, RdfStoreOptions options, boolean inferred) {
    super(options);
    this.repository = repository;
    this.inferred = inferred;
    this.closing = options.closing();
    this.contexts = Rdf4jTerms.contexts(options.graphs());
  }

  /**
   * All of a repository with the default options, inferred statements included.
   *
   * @param repository the store; stays open
   * @return a knowledge graph
   */
  public static Rdf4jKnowledgeGraph of(Repository repository) {
    return of(repository, RdfStoreOptions.defaults());
  }

  /**
   * A repository, inferred statements included where it infers any.
   *
   * @param repository the store
   * @param options graphs, languages, literals
   * @return a knowledge graph
   * @throws SetupException if a graph of the options is not there
   * @throws TransientFailureException if the store cannot be read
   */
  public static Rdf4jKnowledgeGraph of(Repository repository, RdfStoreOptions options) {
    return checked(new Rdf4jKnowledgeGraph(repository, options, true));
  }

  /**
   * A repository without the statements that it infers.
   *
   * @param repository the store
   * @param options graphs, languages, literals
   * @return a knowledge graph
   * @throws SetupException if a graph of the options is not there
   * @throws TransientFailureException if the store cannot be read
   */
  public static Rdf4jKnowledgeGraph explicitOf(Repository repository, RdfStoreOptions options) {
    return checked(new Rdf4jKnowledgeGraph(repository, options, false));
  }

  private static Rdf4jKnowledgeGraph checked(Rdf4jKnowledgeGraph graph) {
    graph.checkGraphs();
    return graph;
  }

  @Override
  protected <T> T read(Function<StatementReader, T> work) {
    return connected(
        connection -> work.apply(new ConnectionReader(connection, inferred, contexts)));
  }

  @Override
  protected boolean hasGraph(String name) {
    Resource context = Rdf4jTerms.context(name);
    return connected(connection -> connection.hasStatement(null, null, null, inferred, context));
  }

  private <T> T connected(Function<RepositoryConnection, T> work) {
    try (RepositoryConnection connection = repository.getConnection()) {
      return work.apply(connection);
    } catch (RepositoryLockedException e) {
      throw new SetupException(
          "the repository is locked by another process: " + e.getMessage() + "; stop that one", e);
    } catch (RDF4JException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e; // the base class makes a cancellation of it
      }
      throw new TransientFailureException(
          "the repository cannot be read: "
              + e.getMessage()
              + "; check that it is open and reachable, then try again",
          e);
    }
  }

  @Override
  protected void closeStore() {
    if (closing) {
      repository.shutDown();
    }
  }
}
