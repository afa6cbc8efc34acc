package ai.kale.kg.neo4j;

import ai.kale.Direction;
import ai.kale.GraphCapability;
import ai.kale.kg.graph.LoadedGraph;
import ai.kale.kg.remote.ArcSink;
import ai.kale.kg.remote.RemoteKnowledgeGraph;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.neo4j.driver.AccessMode;
import org.neo4j.driver.Bookmark;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Result;
import org.neo4j.driver.Session;
import org.neo4j.driver.SessionConfig;
import org.neo4j.driver.TransactionCallback;
import org.neo4j.driver.Value;
import org.neo4j.driver.types.TypeSystem;

/**
 * A Neo4j database (version 5 or later) over Bolt as a knowledge graph: nodes are entities,
 * relationships are triples, and {@link Neo4jOptions} says what their ids, names and weights are.
 *
 * <p>A frontier is one Cypher query, in a read transaction that the driver repeats where that may
 * help (for up to its {@code maxTransactionRetryTime}). Ids travel as parameters, never as part of
 * a query. The caller's driver is used, with the caller's credentials, and stays open unless the
 * options say otherwise.
 *
 * <p>Parallel relationships with the same relation are one triple, with the highest weight. A
 * relationship that cannot be a triple, because a node has no id or it has no relation itself, is
 * left out and counted in {@link #statistics}.
 */
public final class Neo4jKnowledgeGraph extends RemoteKnowledgeGraph {
  private final Driver driver;
  private final Neo4jOptions options;
  private final CypherQueries queries;

  private Neo4jKnowledgeGraph(Driver driver, Neo4jOptions options) {
    super(options.remote());
    this.driver = driver;
    this.options = options;
    this.queries = new CypherQueries(options);
  }

  /**
   * A database. Nothing is asked yet.
   *
   * @param driver an open driver
   * @param options database, ids, names, weights, filters
   * @return a knowledge graph
   * @throws ai.kale.error.SetupException if a name in the options cannot name a label, type or
   *     property
   */
  public static Neo4jKnowledgeGraph of(Driver driver, Neo4jOptions options) {
    Neo4jKnowledgeGraph graph = new Neo4jKnowledgeGraph(driver, options);
    graph.queries.arcs(Direction.BOTH);
    graph.queries.allNames();
    return graph;
  }

  @Override
  public Set<GraphCapability> capabilities() {
    requireOpen();
    return options.weightProperty().isEmpty() ? Set.of() : Set.of(GraphCapability.WEIGHTS);
  }

  private <T> T read(TransactionCallback<T> work) {
    return inSession(session -> session.executeRead(work));
  }

  private <T> T inSession(Function<Session, T> work) {
    SessionConfig.Builder config =
        SessionConfig.builder().withDefaultAccessMode(AccessMode.READ).withFetchSize(10_000);
    if (!options.database().isEmpty()) {
      config.withDatabase(options.database());
    }
    try (Session session = driver.session(config.build())) {
      return work.apply(session);
    } catch (RuntimeException e) {
      throw Neo4jFailures.of(e);
    }
  }

  /** Whole numbers are ids too: each id that reads as one is also looked for as one. */
  private Map<String, Object> parameters(List<String> ids, String property) {
    List<Object> values = new ArrayList<>(ids);
    if (!property.isEmpty()) {
      for (String id : ids) {
        if (id.matches("0|-?[1-9][0-9]{0,17}")) {
          values.add(Long.valueOf(id));
        }
      }
    }
    return Map.of("ids", values);
  }

  @Override
  protected void fetchArcs(List<String> ids, Direction direction, ArcSink sink) {
    Map<String, Object> parameters = parameters(ids, options.idProperty());
    List<ArcRow> rows =
        read(
            transaction ->
                transaction
                    .run(queries.arcs(direction), parameters)
                    .list(row -> ArcRow.of(row, options.weightProperty())));
    Map<String, Integer> positions = new HashMap<>();
    for (int i = 0; i < ids.size(); i++) {
      positions.put(ids.get(i), i);
    }
    for (ArcRow row : rows) {
      Integer position = positions.get(row.at());
      if (position == null) {
        continue; // Cypher finds 42.0 for 42; that node has no id
      }
      String problem = row.problem(options);
      if (problem.isEmpty()) {
        sink.arc(position, row.relation(), row.inverse(), row.neighbour(), row.weight());
      } else {
        sink.skipped(position, problem);
      }
    }
  }

  @Override
  protected Set<String> findEntities(List<String> ids) {
    Map<String, Object> parameters = parameters(ids, options.idProperty());
    return read(
        transaction ->
            new HashSet<>(
                transaction
                    .run(queries.entities(), parameters)
                    .list(row -> ArcRow.id(row.get("id")))));
  }

  @Override
  protected boolean findRelation(String id) {
    if (!options.relationshipTypes().isEmpty()
        && options.relationProperty().isEmpty()
        && !options.relationshipTypes().contains(id)) {
      return false;
    }
    Map<String, Object> parameters = parameters(List.of(id), options.relationProperty());
    return read(transaction -> transaction.run(queries.relation(), parameters).hasNext());
  }

  @Override
  protected Map<String, List<String>> fetchNames(List<String> ids) {
    if (options.nameProperties().isEmpty()) {
      return Map.of();
    }
    Map<String, Object> parameters = parameters(ids, options.idProperty());
    return read(
        transaction -> {
          Map<String, List<String>> names = new HashMap<>();
          Result rows = transaction.run(queries.names(), parameters);
          rows.forEachRemaining(
              row -> names.merge(ArcRow.id(row.get("id")), texts(row.get("names")), this::both));
          return names;
        });
  }

  private List<String> both(List<String> some, List<String> more) {
    Set<String> all = new LinkedHashSet<>(some);
    all.addAll(more);
    return List.copyOf(all);
  }

  /** Properties, each null, one value or a list of values, as one list of texts. */
  static List<String> texts(Value properties) {
    Set<String> texts = new LinkedHashSet<>();
    for (Value property : properties.values()) {
      boolean list = property.hasType(TypeSystem.getDefault().LIST());
      for (Value value : list ? property.values() : List.of(property)) {
        String text = value.isNull() ? "" : value.asObject().toString().strip();
        if (!text.isEmpty()) {
          texts.add(text);
        }
      }
    }
    return List.copyOf(texts);
  }

  /**
   * The name given in the options, or else the database's name and the bookmark of its last
   * transaction, which changes with every change of the data, with the filters of the options.
   */
  @Override
  protected String fetchSnapshot() {
    if (!options.snapshot().isEmpty()) {
      return options.snapshot();
    }
    return inSession(
        session -> {
          String database =
              session.executeRead(
                  transaction -> transaction.run("RETURN 1").consume().database().name());
          List<String> bookmarks =
              session.lastBookmarks().stream().map(Bookmark::value).sorted().toList();
          return "neo4j " + database + " " + String.join(" ", bookmarks) + filters();
        });
  }

  private String filters() {
    return (options.nodeLabels().isEmpty() ? "" : " labels " + options.nodeLabels())
        + (options.relationshipTypes().isEmpty() ? "" : " types " + options.relationshipTypes());
  }

  /**
   * Copies everything that this graph shows into memory: two queries in one transaction. Searching
   * the copy asks the store nothing. Needs about 13 bytes for each triple and what the ids and
   * names take.
   *
   * @return the copy, to be closed on its own, and what was left out: {@code linesSkipped} counts
   *     nodes without an id and relationships that cannot be triples
   * @throws ai.kale.error.InvalidInputException if a weight is not a finite number of 0 or more
   */
  public LoadedGraph toCompact() {
    requireOpen();
    return read(transaction -> new Neo4jCopy(options, queries).of(transaction));
  }

  @Override
  protected void closeStore() {
    if (options.closing()) {
      driver.close();
    }
  }

  @Override
  public String toString() {
    return "Neo4jKnowledgeGraph" + options;
  }
}
