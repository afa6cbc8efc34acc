package ai.kale.examples.bench.path.find;

import ai.kale.error.SetupException;
import ai.kale.examples.bench.path.data.IntRows;
import ai.kale.examples.bench.path.data.PathFiles;
import ai.kale.run.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.graphdb.GraphDatabaseService;
import org.neo4j.graphdb.Node;
import org.neo4j.graphdb.RelationshipType;
import org.neo4j.graphdb.ResourceIterable;
import org.neo4j.graphdb.Transaction;

/**
 * A graph in a Neo4j in this process, without a port. The database lies beside the graph's files
 * and is used again; it is filled in ordinary transactions.
 */
final class Neo4jDatabase implements AutoCloseable {
  private static final int BATCH = 100_000;
  private static final long PAGE_CACHE = 4L << 30;

  private final DatabaseManagementService management;
  private final GraphDatabaseService service;

  /** What stands before the number of a node in its id. */
  private String prefix = "";

  private Neo4jDatabase(DatabaseManagementService management) {
    this.management = management;
    this.service = management.database(GraphDatabaseSettings.DEFAULT_DATABASE_NAME);
  }

  static Neo4jDatabase open(PathFiles files) {
    Path home = files.folder().resolve("neo4j").toAbsolutePath();
    Path filled = home.resolve("filled-from.txt");
    String what = files.manifest().graphText();
    boolean ready = Files.exists(filled) && read(filled).equals(what);
    if (!ready) {
      delete(home);
    }
    Neo4jDatabase database =
        new Neo4jDatabase(
            new DatabaseManagementServiceBuilder(home)
                .setConfig(GraphDatabaseSettings.pagecache_memory, PAGE_CACHE)
                .setConfig(GraphDatabaseSettings.preallocate_logical_logs, false)
                .setConfig(GraphDatabaseSettings.keep_logical_logs, "keep_none")
                .setConfig(BoltConnector.enabled, false)
                .build());
    if (ready) {
      database.findPrefix();
    } else {
      database.fill(files.triples(), files.manifest().entities());
      AtomicFiles.writeString(filled, what);
    }
    return database;
  }

  private void findPrefix() {
    try (Transaction transaction = service.beginTx();
        ResourceIterable<Node> nodes = transaction.getAllNodes()) {
      String id = nodes.iterator().next().getElementId();
      prefix = id.substring(0, id.lastIndexOf(':') + 1);
    }
  }

  private void fill(IntRows triples, int entities) {
    for (int from = 0; from < entities; from += BATCH) {
      try (Transaction transaction = service.beginTx()) {
        for (int entity = from; entity < Math.min(entities, from + BATCH); entity++) {
          String id = transaction.createNode().getElementId();
          if (entity == 0) {
            prefix = id.substring(0, id.lastIndexOf(':') + 1);
          }
          require(id.equals(prefix + entity));
        }
        transaction.commit();
      }
    }
    for (int from = 0; from < triples.size(); from += BATCH) {
      try (Transaction transaction = service.beginTx()) {
        for (int i = from; i < Math.min(triples.size(), from + BATCH); i++) {
          node(transaction, triples.at(i, 0))
              .createRelationshipTo(
                  node(transaction, triples.at(i, 2)),
                  RelationshipType.withName("r" + triples.at(i, 1)));
        }
        transaction.commit();
      }
    }
  }

  /** In an empty database nodes get the numbers 0, 1, 2, …, which are those of the entities. */
  private static void require(boolean inOrder) {
    if (!inOrder) {
      throw new IllegalStateException("Neo4j numbers its nodes otherwise than they are created");
    }
  }

  Node node(Transaction transaction, int entity) {
    return transaction.getNodeByElementId(prefix + entity);
  }

  Transaction begin() {
    return service.beginTx();
  }

  GraphDatabaseService service() {
    return service;
  }

  @Override
  public void close() {
    management.shutdown();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new SetupException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new SetupException("cannot delete " + folder + ": " + e.getMessage(), e);
    }
  }
}
