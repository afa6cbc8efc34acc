package ai.kale.kg.neo4j;

import ai.kale.kg.TempFolders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.connectors.BoltConnectorInternalSettings;
import org.neo4j.configuration.connectors.ConnectorPortRegister;
import org.neo4j.configuration.connectors.ConnectorType;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.driver.AuthToken;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Config;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.graphdb.GraphDatabaseService;
import org.neo4j.graphdb.Label;
import org.neo4j.graphdb.Node;
import org.neo4j.graphdb.Relationship;
import org.neo4j.graphdb.RelationshipType;
import org.neo4j.graphdb.Transaction;
import org.neo4j.kernel.internal.GraphDatabaseAPI;

/**
 * A Neo4j server in this process that speaks Bolt on a loopback port and asks for a password. It is
 * started once and ends with the process, because stopping it takes ten seconds.
 */
public final class Neo4jServer {
  static final String PASSWORD = "the secret word";
  private static final Label ENTITY = Label.label("Entity");

  private static final class Running {
    static final Neo4jServer SERVER = new Neo4jServer();
  }

  private final GraphDatabaseService database;
  private final int port;
  private final Driver driver;

  private Neo4jServer() {
    Path home =
        Path.of(System.getProperty("basedir", "."), "target", "neo4j").toAbsolutePath().normalize();
    if (Files.exists(home)) {
      TempFolders.delete(home); // of an earlier run
    }
    DatabaseManagementService service =
        new DatabaseManagementServiceBuilder(home)
            .setConfig(GraphDatabaseSettings.auth_enabled, true)
            .setConfig(GraphDatabaseSettings.pagecache_memory, 16L << 20)
            .setConfig(GraphDatabaseSettings.preallocate_logical_logs, false)
            .setConfig(BoltConnector.enabled, true)
            .setConfig(BoltConnector.listen_address, new SocketAddress("127.0.0.1", 0))
            // Its channel does not work with the newer Netty of the driver.
            .setConfig(BoltConnectorInternalSettings.enable_local_connector, false)
            .build();
    service
        .database(GraphDatabaseSettings.SYSTEM_DATABASE_NAME)
        .executeTransactionally(
            "ALTER USER neo4j SET PASSWORD $password CHANGE NOT REQUIRED",
            Map.of("password", PASSWORD));
    database = service.database(GraphDatabaseSettings.DEFAULT_DATABASE_NAME);
    database.executeTransactionally("CREATE INDEX FOR (n:Entity) ON (n.id)");
    try (Transaction transaction = database.beginTx()) {
      transaction.schema().awaitIndexesOnline(1, TimeUnit.MINUTES);
    }
    port =
        ((GraphDatabaseAPI) database)
            .getDependencyResolver()
            .resolveDependency(ConnectorPortRegister.class)
            .getLocalAddress(ConnectorType.BOLT)
            .getPort();
    driver = newDriver(AuthTokens.basic("neo4j", PASSWORD));
  }

  public static Neo4jServer running() {
    return Running.SERVER;
  }

  /** The driver that all tests share: a new connection takes a quarter of a second. */
  public Driver driver() {
    return driver;
  }

  /** Another driver; close it. */
  Driver newDriver(AuthToken token) {
    Config config =
        Config.builder()
            .withMaxTransactionRetryTime(1, TimeUnit.SECONDS)
            .withMaxConnectionPoolSize(8)
            .build();
    return GraphDatabase.driver("bolt://127.0.0.1:" + port, token, config);
  }

  /** Replaces the whole content. */
  public void load(String cypher) {
    clear();
    database.executeTransactionally(cypher);
  }

  /**
   * Replaces the whole content by triples.
   *
   * @param triples subject, relation and object; a fourth part is the weight
   * @param property of relationships that is the relation; empty for their type
   */
  void load(List<String[]> triples, String property) {
    clear();
    try (Transaction transaction = database.beginTx()) {
      Map<String, Node> nodes = new HashMap<>();
      for (String[] triple : triples) {
        Node subject = node(transaction, nodes, triple[0]);
        Node object = node(transaction, nodes, triple[2]);
        RelationshipType type =
            RelationshipType.withName(property.isEmpty() ? triple[1] : "STATEMENT");
        Relationship relationship = subject.createRelationshipTo(object, type);
        if (!property.isEmpty()) {
          relationship.setProperty(property, triple[1]);
        }
        if (triple.length > 3) {
          relationship.setProperty("w", Float.parseFloat(triple[3]));
        }
      }
      transaction.commit();
    }
  }

  /** Names nodes: the first name is their title, the rest their aliases. */
  void name(Map<String, List<String>> names) {
    names.forEach(
        (id, own) ->
            database.executeTransactionally(
                "MATCH (n {id: $id}) SET n.title = $title, n.aliases = $aliases",
                Map.of("id", id, "title", own.get(0), "aliases", own.subList(1, own.size()))));
  }

  private static Node node(Transaction transaction, Map<String, Node> nodes, String id) {
    return nodes.computeIfAbsent(
        id,
        added -> {
          Node node = transaction.createNode(ENTITY);
          node.setProperty("id", added);
          return node;
        });
  }

  private void clear() {
    database.executeTransactionally("MATCH (n) DETACH DELETE n");
  }
}
