package ai.kale.examples.bench.path.find;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.neo4j.graphalgo.BasicEvaluationContext;
import org.neo4j.graphalgo.GraphAlgoFactory;
import org.neo4j.graphdb.PathExpanders;
import org.neo4j.graphdb.Transaction;

/**
 * Neo4j's {@code allSimplePaths} in this process, in one transaction for each question; paths are
 * taken from its iterator until there are enough.
 */
final class Neo4jSearch implements PathSearch {
  private final Neo4jDatabase neo4j;
  private volatile @Nullable Transaction running;
  private volatile boolean stopped;

  Neo4jSearch(Neo4jDatabase neo4j) {
    this.neo4j = neo4j;
  }

  @Override
  public Question ask(int source, int target, int hops, int maxPaths) {
    return () -> {
      try (Transaction transaction = neo4j.begin()) {
        running = transaction;
        if (stopped) {
          throw new CancellationException("at the time limit");
        }
        return Found.of(count(transaction, source, target, hops, maxPaths));
      } finally {
        running = null;
      }
    };
  }

  private long count(Transaction transaction, int source, int target, int hops, int maxPaths) {
    Iterator<org.neo4j.graphdb.Path> paths =
        GraphAlgoFactory.allSimplePaths(
                new BasicEvaluationContext(transaction, neo4j.service()),
                PathExpanders.allTypesAndDirections(),
                hops)
            .findAllPaths(neo4j.node(transaction, source), neo4j.node(transaction, target))
            .iterator();
    List<org.neo4j.graphdb.Path> found = new ArrayList<>();
    while (found.size() < maxPaths && paths.hasNext()) {
      found.add(paths.next());
    }
    return found.size();
  }

  @Override
  public void cancel(Thread searcher) {
    stopped = true;
    Transaction transaction = running;
    if (transaction != null) {
      transaction.terminate();
    }
  }

  @Override
  public void reset() {
    stopped = false;
  }

  @Override
  public void close() {
    neo4j.close();
  }
}
