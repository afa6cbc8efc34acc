package ai.kale.kg.sparql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.Direction;
import ai.kale.error.SetupException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Endpoints that give less than was asked for, or something else. */
class SparqlPagingTest {
  private static final String ID = "http://e/a";
  private static final Pattern END = Pattern.compile("\\nLIMIT (\\d+)\\nOFFSET (\\d+)$");
  private static final Pattern ENTITY = Pattern.compile("\\((\\d+) <([^>]*)>\\)");

  private final ScriptedServer server = new ScriptedServer();

  @AfterEach
  void stop() {
    server.close();
  }

  private SparqlKnowledgeGraphBuilder builder() {
    return SparqlKnowledgeGraph.builder(server.endpoint());
  }

  /** The page of a query that begins at some row and has at most some. */
  @FunctionalInterface
  private interface Answer {
    String page(String query, int offset, int limit) throws IOException;
  }

  private void answers(Answer answer) {
    server.otherwise(
        exchange -> {
          Matcher end = END.matcher(server.query());
          assertThat(end.find()).isTrue();
          int limit = Integer.parseInt(end.group(1));
          int offset = Integer.parseInt(end.group(2));
          String query = server.query().substring(0, end.start());
          String text =
              query.startsWith("SELECT ?e")
                  ? bindings(entities(query), offset, limit)
                  : answer.page(query, offset, limit);
          boolean error = text.startsWith("Virtuoso");
          ScriptedServer.answer(error ? 500 : 200, text, "Content-Type", "application/json")
              .answer(exchange);
        });
  }

  private static List<String> entities(String query) {
    List<String> rows = new ArrayList<>();
    Matcher id = Pattern.compile("<(http://e/[^>]*)>").matcher(query);
    while (id.find()) {
      rows.add("{\"e\":{\"type\":\"uri\",\"value\":\"" + id.group(1) + "\"}}");
    }
    return rows;
  }

  /** As many arcs forward of each entity of the query, in order. */
  private static List<String> arcs(String query, int each) {
    List<String> rows = new ArrayList<>();
    if (query.contains("?e ?p ?o")) {
      Matcher entity =
          ENTITY.matcher(query.lines().filter(l -> l.contains("VALUES")).findFirst().orElseThrow());
      while (entity.find()) {
        for (int n = 0; n < each; n++) {
          rows.add(
              String.format(
                  Locale.ROOT,
                  "{\"i\":{\"type\":\"literal\",\"value\":\"%s\"},\"p\":{\"type\":\"uri\",\"value\":\"http://e/p\"},"
                      + "\"o\":{\"type\":\"uri\",\"value\":\"%s/%05d\"}}",
                  entity.group(1),
                  entity.group(2),
                  n));
        }
      }
    }
    return rows;
  }

  private static String bindings(List<String> rows, int offset, int limit) {
    int from = Math.min(rows.size(), offset);
    List<String> page = rows.subList(from, Math.min(rows.size(), from + limit));
    return "{\"head\":{},\"results\":{\"bindings\":[" + String.join(",", page) + "]}}";
  }

  private static List<String> read(SparqlKnowledgeGraph graph, Direction direction, String... ids) {
    List<String> arcs = new ArrayList<>();
    graph.expand(
        graph.entities(List.of(ids)),
        direction,
        (index, relation, inverse, neighbour, weight) ->
            arcs.add(index + " " + graph.entityId(neighbour)));
    return arcs;
  }

  @Test
  void anEndpointThatCutsWithoutAWordIsReadToTheEnd() {
    for (int cap : List.of(1024, 1500, 1999, 64, 256, 300)) {
      int all = 3 * cap - 1;
      answers((query, offset, limit) -> bindings(arcs(query, all), offset, Math.min(limit, cap)));
      try (SparqlKnowledgeGraph graph = builder().build()) {
        assertThat(read(graph, Direction.FORWARD, ID)).hasSize(all).doesNotHaveDuplicates();
      }
    }
  }

  @Test
  void aPageThatIsShorterThanAnEarlierOneIsBelieved() {
    answers(
        (query, offset, limit) ->
            bindings(arcs(query, query.contains("http://e/hub") ? 3001 : 1500), offset, limit));
    try (SparqlKnowledgeGraph graph = builder().build()) {
      assertThat(read(graph, Direction.FORWARD, ID)).hasSize(1500);
      assertThat(graph.httpRequests()).isEqualTo(1 + 2); // the second page is empty
      assertThat(read(graph, Direction.FORWARD, "http://e/hub")).hasSize(3001);
      assertThat(graph.httpRequests()).isEqualTo(3 + 1 + 2);
      assertThat(read(graph, Direction.FORWARD, "http://e/b")).hasSize(1500);
      assertThat(graph.httpRequests()).isEqualTo(6 + 1 + 2); // a round number is still not believed
    }
  }

  @Test
  void aServerThatSaysThatItCutIsAskedForTheRest() {
    server
        .then(
            200,
            ScriptedServer.entities("http://e/0"),
            "Content-Type",
            "application/json",
            "X-SPARQL-MaxRows",
            "1")
        .then(ScriptedServer.ok(ScriptedServer.entities(ID)));
    try (SparqlKnowledgeGraph graph = builder().build()) {
      assertThat(graph.entity(ID)).isPresent();
    }
  }

  @Test
  void anEndpointThatIgnoresTheOffsetIsNotAskedForEver() {
    answers(
        (query, offset, limit) ->
            server.bodies.size() < 100
                ? bindings(arcs(query, 500), 0, limit)
                : "Virtuoso was asked for ever");
    for (int page : List.of(1, 7, 500)) {
      try (SparqlKnowledgeGraph graph = builder().pageSize(page).build()) {
        int[] known = graph.entities(List.of(ID));
        assertThatThrownBy(
                () -> graph.expand(known, Direction.FORWARD, (i, r, inverse, n, weight) -> true))
            .isInstanceOf(SetupException.class)
            .hasMessageContaining("ignores OFFSET");
        assertThat(graph.statistics().fetchedArcs()).isZero();
      }
    }
  }

  private static String virtuoso(List<String> rows, int offset, int limit, int most) {
    return offset + limit <= most
        ? bindings(rows, offset, limit)
        : "Virtuoso 22023 Error SR353: Sorted TOP clause specifies more then "
            + (offset + limit)
            + " rows to sort. Only "
            + most
            + " are allowed.";
  }

  @Test
  void aBatchThatIsTooLongToBeSortedIsSplit() {
    answers((query, offset, limit) -> virtuoso(arcs(query, 40), offset, limit, 100));
    String[] ids = {"http://e/a", "http://e/b", "http://e/c", "http://e/d", "http://e/e"};
    try (SparqlKnowledgeGraph graph = builder().pageSize(100).build()) {
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < ids.length; i++) {
        for (int n = 0; n < 40; n++) {
          expected.add(i + " " + ids[i] + String.format(Locale.ROOT, "/%05d", n));
        }
      }
      assertThat(read(graph, Direction.BOTH, ids)).isEqualTo(expected);
    }
  }

  @Test
  void aHubThatIsTooLargeToBeSortedSaysWhatToSet() {
    answers((query, offset, limit) -> virtuoso(arcs(query, 200), offset, limit, 100));
    try (SparqlKnowledgeGraph graph = builder().pageSize(100).build()) {
      assertThatThrownBy(() -> read(graph, Direction.BOTH, ID))
          .isInstanceOf(SetupException.class)
          .hasMessageContaining("arcs of http://e/a are too many")
          .hasMessageContaining("MaxSortedTopRows")
          .hasMessageContaining("denyPredicates");
    }
  }

  @Test
  void aHubOfBothDirectionsIsAskedForOneAtATime() {
    answers(
        (query, offset, limit) -> {
          List<String> rows = arcs(query, 60);
          if (query.contains("?s ?p ?e")) {
            arcs("VALUES (0 <http://e/a>) ?e ?p ?o", 60)
                .forEach(row -> rows.add(row.replace("\"o\"", "\"s\"")));
          }
          return virtuoso(rows, offset, limit, 100);
        });
    try (SparqlKnowledgeGraph graph = builder().pageSize(100).build()) {
      assertThat(read(graph, Direction.BOTH, ID)).hasSize(120);
    }
  }

  @Test
  void aPageThatIsTooLongToBeSortedSaysWhatToSet() {
    answers((query, offset, limit) -> virtuoso(arcs(query, 5), offset, limit, 100));
    try (SparqlKnowledgeGraph graph = builder().pageSize(101).build()) {
      assertThatThrownBy(() -> read(graph, Direction.BOTH, ID))
          .isInstanceOf(SetupException.class)
          .hasMessageContaining("Only 100 are allowed")
          .hasMessageContaining("set pageSize");
    }
  }

  @Test
  void namesThatAreTooManyToBeSortedAreAskedForInHalves() {
    answers(
        (query, offset, limit) -> {
          List<String> rows = new ArrayList<>();
          Matcher entity = ENTITY.matcher(query);
          while (entity.find()) {
            for (int n = 0; n < 60; n++) {
              rows.add(
                  "{\"i\":{\"value\":\""
                      + entity.group(1)
                      + "\"},\"p\":{\"value\":\"http://www.w3.org/2000/01/rdf-schema#label\"},"
                      + "\"l\":{\"value\":\""
                      + entity.group(2)
                      + n
                      + "\"}}");
            }
          }
          return virtuoso(rows, offset, limit, 100);
        });
    try (SparqlKnowledgeGraph graph = builder().pageSize(100).build()) {
      int[] ids = graph.entities(List.of("http://e/a", "http://e/b", "http://e/c"));
      assertThat(graph.names(ids)).hasSize(3).allMatch(names -> names.size() == 60);
      assertThat(graph.names(ids).get(2)).allMatch(name -> name.startsWith("http://e/c"));
    }
  }
}
