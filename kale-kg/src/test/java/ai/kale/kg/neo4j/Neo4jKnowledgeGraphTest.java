package ai.kale.kg.neo4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.Direction;
import ai.kale.GraphCapability;
import ai.kale.KnowledgeGraph;
import ai.kale.error.InvalidInputException;
import ai.kale.error.OperationCancelledException;
import ai.kale.error.SetupException;
import ai.kale.error.TransientFailureException;
import ai.kale.kg.graph.LoadedGraph;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Config;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;

/** What the contract does not ask: ids, names, weights, filters, failures, copies. */
class Neo4jKnowledgeGraphTest {
  private static final Neo4jOptions BY_ID = Neo4jOptions.defaults().withIdProperty("id");

  private final Neo4jServer server = Neo4jServer.running();

  private Neo4jKnowledgeGraph graph(Neo4jOptions options) {
    return Neo4jKnowledgeGraph.of(server.driver(), options);
  }

  private static List<String> arcs(KnowledgeGraph graph, String id, Direction direction) {
    List<String> arcs = new ArrayList<>();
    graph.expand(
        graph.entity(id).orElseThrow(),
        direction,
        (index, relation, inverse, neighbour, weight) ->
            arcs.add(
                (inverse ? "<" : ">")
                    + graph.relationId(relation)
                    + " "
                    + graph.entityId(neighbour)
                    + (weight == 1 ? "" : " " + weight)));
    return arcs;
  }

  @Test
  void elementIdsAreTheIdsUnlessAPropertyIsGiven() {
    server.load("CREATE ({name: 'Ann'})-[:KNOWS]->({name: 'Bob'})");
    String ann =
        server
            .driver()
            .executableQuery("MATCH (n {name: 'Ann'}) RETURN elementId(n) AS id")
            .execute()
            .records()
            .get(0)
            .get("id")
            .asString();
    try (KnowledgeGraph graph = graph(Neo4jOptions.defaults())) {
      int handle = graph.entity(ann).orElseThrow();
      assertThat(graph.label(handle)).isEqualTo("Ann");
      List<String> found = new ArrayList<>();
      graph.expand(
          handle,
          Direction.BOTH,
          (index, relation, inverse, neighbour, weight) ->
              found.add(graph.relationLabel(relation) + " " + graph.label(neighbour)));
      assertThat(found).containsExactly("KNOWS Bob");
      assertThat(graph.entities(List.of("4:garbage", "Ann"))).containsOnly(-1);
    }
  }

  @Test
  void wholeNumbersAreIdsAndWhatHasNoIdIsCounted() {
    server.load(
        "CREATE (a {id: 42})-[:R]->(b {id: '43'}), (a)-[:R]->({id: 4.5}), (a)-[:R]->({x: 1}),"
            + " (c {id: 42.0})-[:R]->(b)");
    try (Neo4jKnowledgeGraph graph = graph(BY_ID)) {
      assertThat(arcs(graph, "42", Direction.BOTH)).containsExactly(">R 43");
      assertThat(graph.statistics().skippedArcs()).isEqualTo(2);
      assertThat(arcs(graph, "43", Direction.BOTH)).containsExactly("<R 42");
      assertThat(graph.entities(List.of("4.5", "42.0", "042"))).containsOnly(-1);
      LoadedGraph copy = graph.toCompact();
      assertThat(copy.report().triples()).isEqualTo(1);
      assertThat(copy.report().linesSkipped()).isEqualTo(6);
      assertThat(copy.report().reasons()).anyMatch(reason -> reason.contains("as id"));
      copy.graph().close();
    }
  }

  @Test
  void idsAreNeverPartOfAQuery() {
    String hostile = "x' OR true //` } RETURN 1 \\u0027";
    server.load(List.<String[]>of(new String[] {hostile, "R`]->() \" DETACH", "b"}), "");
    try (KnowledgeGraph graph = graph(BY_ID)) {
      assertThat(arcs(graph, hostile, Direction.FORWARD)).containsExactly(">R`]->() \" DETACH b");
      assertThat(graph.relation("R`]->() \" DETACH")).isPresent();
      assertThat(graph.entity("x' OR true //")).isEmpty();
    }
  }

  @Test
  void namesThatCannotBeQuotedAreRefused() {
    for (String name : List.of("a\\u0060", " ", "a\nb")) {
      assertThatThrownBy(() -> graph(BY_ID.withNodeLabels(name)))
          .isInstanceOf(SetupException.class)
          .hasMessageContaining("cannot name");
      assertThatThrownBy(() -> graph(BY_ID.withNameProperties(name)))
          .isInstanceOf(SetupException.class);
    }
  }

  @Test
  void labelsAndTypesNarrowTheGraph() {
    server.load(
        "CREATE (a:Person {id: 'a'})-[:KNOWS]->(b:Person {id: 'b'}),"
            + " (a)-[:LIVES_IN]->(c:City {id: 'c'}), (a)-[:HAS]->(d:Secret {id: 'd'})");
    try (KnowledgeGraph all = graph(BY_ID);
        KnowledgeGraph people = graph(BY_ID.withNodeLabels("Person"));
        KnowledgeGraph both = graph(BY_ID.withNodeLabels("Person", "City"));
        KnowledgeGraph knows = graph(BY_ID.withRelationshipTypes("KNOWS", "LIVES_IN"))) {
      assertThat(arcs(all, "a", Direction.BOTH))
          .containsExactly(">HAS d", ">KNOWS b", ">LIVES_IN c");
      assertThat(arcs(people, "a", Direction.BOTH)).containsExactly(">KNOWS b");
      assertThat(people.entity("c")).isEmpty();
      assertThat(arcs(both, "a", Direction.BOTH)).containsExactly(">KNOWS b", ">LIVES_IN c");
      assertThat(arcs(knows, "a", Direction.BOTH)).containsExactly(">KNOWS b", ">LIVES_IN c");
      assertThat(knows.relation("HAS")).isEmpty();
      assertThat(knows.snapshot()).contains("types [KNOWS, LIVES_IN]");
    }
  }

  @Test
  void weightsComeFromAProperty() {
    server.load(
        "CREATE (a {id: 'a'})-[:R {w: 0.25}]->(b {id: 'b'}), (a)-[:R {w: 0.5}]->(b),"
            + " (a)-[:R]->({id: 'c'}), (a)-[:R {w: 2}]->({id: 'd'})");
    try (Neo4jKnowledgeGraph graph = graph(BY_ID.withWeightProperty("w"));
        KnowledgeGraph copy = graph.toCompact().graph();
        KnowledgeGraph plain = graph(BY_ID)) {
      assertThat(graph.capabilities()).containsExactly(GraphCapability.WEIGHTS);
      assertThat(plain.capabilities()).isEmpty();
      List<String> expected = List.of(">R b 0.5", ">R c", ">R d 2.0");
      assertThat(arcs(graph, "a", Direction.FORWARD)).isEqualTo(expected);
      assertThat(arcs(copy, "a", Direction.FORWARD)).containsExactlyElementsOf(expected);
      assertThat(arcs(plain, "a", Direction.FORWARD)).containsExactly(">R b", ">R c", ">R d");
    }
    for (String bad : List.of("-1", "'heavy'", "1e300")) {
      server.load("CREATE ({id: 'a'})-[:R {w: " + bad + "}]->({id: 'b'})");
      try (KnowledgeGraph graph = graph(BY_ID.withWeightProperty("w"))) {
        int a = graph.entity("a").orElseThrow();
        assertThatThrownBy(() -> graph.expand(a, Direction.FORWARD, (i, r, inv, n, w) -> true))
            .isInstanceOf(InvalidInputException.class)
            .hasMessageContaining("relationship R between 'a' and 'b' has w = ");
      }
    }
  }

  @Test
  void namesAreTextsOrListsOfTextsAndCopied() {
    server.load(
        "CREATE ({id: 'a', title: 'Ann', alias: ['Annie', 'Ann', '']})-[:R]->({id: 'b', year: 7}),"
            + " ({id: 'alone', title: 'Zoe'})");
    try (Neo4jKnowledgeGraph graph =
            graph(BY_ID.withNameProperties("title", "alias", "year", "none"));
        KnowledgeGraph copy = graph.toCompact().graph()) {
      for (KnowledgeGraph each : List.of(graph, copy)) {
        assertThat(each.names(each.entities(List.of("a", "b", "alone"))))
            .containsExactly(List.of("Ann", "Annie"), List.of("7"), List.of("Zoe"));
      }
    }
    try (KnowledgeGraph graph = graph(BY_ID.withNameProperties())) {
      assertThat(graph.label(graph.entity("a").orElseThrow())).isEqualTo("a");
    }
  }

  @Test
  void theSnapshotChangesWithTheData() {
    server.load("CREATE ({id: 'a'})");
    String before;
    try (KnowledgeGraph graph = graph(BY_ID);
        KnowledgeGraph same = graph(BY_ID)) {
      before = graph.snapshot();
      assertThat(before).startsWith("neo4j neo4j ").isEqualTo(same.snapshot());
    }
    server.load("CREATE ({id: 'b'})");
    try (KnowledgeGraph graph = graph(BY_ID);
        KnowledgeGraph named = graph(BY_ID.withSnapshot("export 7"))) {
      assertThat(graph.snapshot()).isNotEqualTo(before);
      assertThat(named.snapshot()).isEqualTo("export 7");
    }
  }

  @Test
  void aWrongPasswordIsASetupMistakeAndIsNotShown() {
    try (Driver driver = server.newDriver(AuthTokens.basic("nobody", "wrong word"));
        KnowledgeGraph graph = Neo4jKnowledgeGraph.of(driver, BY_ID)) {
      assertThatThrownBy(() -> graph.entity("a"))
          .isInstanceOf(SetupException.class)
          .hasMessageContaining("Neo4j refuses access")
          .hasMessageNotContaining("wrong word");
      assertThat(graph.toString()).contains("idProperty=id").doesNotContain("word", "nobody");
    }
  }

  @Test
  void aMissingDatabaseIsASetupMistake() {
    try (KnowledgeGraph graph = graph(BY_ID.withDatabase("nowhere"))) {
      assertThatThrownBy(() -> graph.entity("a"))
          .isInstanceOf(SetupException.class)
          .hasMessageContaining("nowhere");
    }
  }

  @Test
  void aServerThatIsDownMayComeBack() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Config config = Config.builder().withMaxTransactionRetryTime(0, TimeUnit.SECONDS).build();
    try (Driver driver = GraphDatabase.driver("bolt://127.0.0.1:" + port, config);
        KnowledgeGraph graph = Neo4jKnowledgeGraph.of(driver, BY_ID)) {
      assertThatThrownBy(() -> graph.entity("a"))
          .isInstanceOf(TransientFailureException.class)
          .hasMessageContaining("check that it is up");
    }
  }

  @Test
  void aClosedDriverIsASetupMistakeAndOnlyClosedWhenAsked() {
    Driver driver = server.newDriver(AuthTokens.basic("neo4j", Neo4jServer.PASSWORD));
    Neo4jKnowledgeGraph.of(driver, BY_ID).close();
    driver.verifyConnectivity();
    Neo4jKnowledgeGraph.of(driver, BY_ID.withClosing(true)).close();
    try (KnowledgeGraph graph = Neo4jKnowledgeGraph.of(driver, BY_ID)) {
      assertThatThrownBy(() -> graph.entity("a"))
          .isInstanceOf(SetupException.class)
          .hasMessageContaining("keep it open");
    }
  }

  @Test
  void anInterruptIsACancellation() {
    server.load("CREATE ({id: 'a'})");
    try (KnowledgeGraph graph = graph(BY_ID)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> graph.entity("a")).isInstanceOf(OperationCancelledException.class);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(graph.entity("a")).isPresent();
    }
  }
}
