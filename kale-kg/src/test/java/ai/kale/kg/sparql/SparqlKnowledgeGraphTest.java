package ai.kale.kg.sparql;

import static ai.kale.kg.sparql.Fuseki.iri;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.Direction;
import ai.kale.KnowledgeGraph;
import ai.kale.PathQuery;
import ai.kale.error.SetupException;
import ai.kale.kg.path.ExactPathExtractor;
import ai.kale.kg.remote.RemoteOptions;
import ai.kale.kg.remote.RemoteStatistics;
import ai.kale.spi.Providers;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.junit.jupiter.api.Test;

/** What the SPARQL adapter makes of the content of a real server. */
class SparqlKnowledgeGraphTest {
  private static final String E = "http://example.org/entity/";
  private static final String R = "http://example.org/relation/";
  private static final Node LABEL = iri("http://www.w3.org/2000/01/rdf-schema#label");
  private static final Node ALT = iri("http://www.w3.org/2004/02/skos/core#altLabel");

  private static Node[] triple(String s, String r, Node object) {
    return new Node[] {iri(E + s), iri(R + r), object};
  }

  private static Node[] triple(String s, String r, String o) {
    return triple(s, r, iri(E + o));
  }

  private static Node[] named(String s, Node predicate, String text, String language) {
    return new Node[] {iri(E + s), predicate, NodeFactory.createLiteralLang(text, language)};
  }

  private static List<String> arcs(KnowledgeGraph graph, Direction direction, String... names) {
    List<String> arcs = new ArrayList<>();
    int[] frontier = graph.entities(List.of(names).stream().map(E::concat).toList());
    graph.expand(
        frontier,
        direction,
        (index, relation, inverse, neighbour, weight) ->
            arcs.add(
                index
                    + (inverse ? " <" : " >")
                    + graph.relationId(relation).replace(R, "")
                    + " "
                    + graph.entityId(neighbour).replace(E, "")));
    return arcs;
  }

  @Test
  void literalsAreNoArcsAndBlankNodesAreCounted() {
    Node blank = NodeFactory.createBlankNode();
    URI name =
        Fuseki.storeNodes(
            List.of(
                triple("a", "r", "b"),
                triple("a", "r", blank),
                new Node[] {blank, iri(R + "s"), iri(E + "a")},
                triple("a", "age", NodeFactory.createLiteralString("7")),
                named("a", LABEL, "Anna", "en")));
    try (SparqlKnowledgeGraph graph = Fuseki.graph(name).build()) {
      assertThat(arcs(graph, Direction.BOTH, "a")).containsExactly("0 >r b");
      assertThat(graph.statistics().skippedArcs()).isEqualTo(2);
      assertThat(graph.relation(R + "age")).isEmpty();
      assertThat(graph.relation(LABEL.getURI())).isEmpty();
    }
  }

  @Test
  void neighboursThatNoQueryCanNameAreCounted() {
    URI name = Fuseki.storeNodes(List.<Node[]>of(triple("a", "r", iri("http://example.org/a b"))));
    try (SparqlKnowledgeGraph graph = Fuseki.graph(name).build()) {
      assertThat(arcs(graph, Direction.FORWARD, "a")).isEmpty();
      assertThat(graph.statistics().skippedArcs()).isEqualTo(1);
    }
  }

  @Test
  void labelsComeInTheOrderOfLanguagesThenAliases() {
    List<Node[]> triples =
        List.of(
            triple("a", "r", "b"),
            triple("a", "r", "c"),
            named("a", LABEL, "Anna", "en-GB"),
            named("a", LABEL, "Änne", "de"),
            named("a", ALT, "Anni", "de"),
            named("a", LABEL, "Ана", "sr"),
            new Node[] {iri(E + "b"), LABEL, NodeFactory.createLiteralString("Bert")},
            new Node[] {iri(R + "r"), LABEL, NodeFactory.createLiteralString("knows")});
    URI name = Fuseki.storeNodes(triples);
    try (SparqlKnowledgeGraph graph = Fuseki.graph(name).languages("de", "EN", "").build();
        SparqlKnowledgeGraph any = Fuseki.graph(name).languages("en", "*").build()) {
      int[] all = graph.entities(List.of(E + "a", E + "b", E + "c"));
      assertThat(graph.names(all))
          .containsExactly(List.of("Änne", "Anna", "Anni"), List.of("Bert"), List.of());
      assertThat(graph.labels(all)).containsExactly("Änne", "Bert", "c");
      assertThat(graph.relationLabel(graph.relation(R + "r").orElseThrow())).isEqualTo("knows");
      assertThat(any.names(any.entities(List.of(E + "a"))))
          .containsExactly(List.of("Anna", "Änne", "Ана", "Anni"));
    }
  }

  @Test
  void predicatesAreAllowedAndDeniedByPrefix() {
    URI name =
        Fuseki.storeNodes(
            List.of(
                triple("a", "wanted", "b"), triple("a", "wantedNot", "b"), triple("a", "x", "y")));
    try (SparqlKnowledgeGraph graph =
        Fuseki.graph(name).allowPredicates(R + "wanted").denyPredicates(R + "wantedN").build()) {
      assertThat(arcs(graph, Direction.FORWARD, "a")).containsExactly("0 >wanted b");
      assertThat(graph.relation(R + "x")).isEmpty();
      assertThat(graph.relation(R + "wantedNot")).isEmpty();
      assertThat(graph.entity(E + "y")).isEmpty();
      assertThat(graph.snapshot())
          .endsWith("only " + R + "wanted without " + R + "wantedN")
          .startsWith("sparql:http://localhost:");
    }
  }

  @Test
  void anAnswerLongerThanAPageIsReadToItsEnd() {
    List<String[]> triples = new ArrayList<>();
    IntStream.range(0, 250)
        .forEach(i -> triples.add(new String[] {E + "hub", R + "r", E + "leaf" + i}));
    URI name = Fuseki.store(triples);
    for (int page : List.of(1000, 250, 100, 33)) {
      try (SparqlKnowledgeGraph graph = Fuseki.graph(name).pageSize(page).build()) {
        assertThat(arcs(graph, Direction.FORWARD, "hub")).hasSize(250).doesNotHaveDuplicates();
        long pages = page == 1000 ? 1 : 250 / page + 1;
        assertThat(graph.httpRequests()).isEqualTo(1 + pages);
      }
    }
  }

  @Test
  void anLHopQueryCostsAboutLRequests() {
    URI name =
        Fuseki.storeNodes(
            List.of(
                triple("a", "r", "b"),
                triple("a", "r", "c"),
                triple("b", "s", "d"),
                triple("c", "s", "d"),
                triple("d", "t", "e")));
    try (SparqlKnowledgeGraph graph = Fuseki.graph(name).build()) {
      int[] ends = graph.entities(List.of(E + "a", E + "e"));
      PathQuery query = PathQuery.between(new int[] {ends[0]}, new int[] {ends[1]}).withMaxHops(3);
      RemoteStatistics before = graph.statistics();
      assertThat(new ExactPathExtractor().extract(graph, query).paths()).hasSize(2);
      assertThat(graph.statistics().since(before).requests()).isEqualTo(3);
      assertThat(graph.httpRequests()).isEqualTo(4);
    }
  }

  @Test
  void batchesSplitAFrontier() {
    URI name = Fuseki.storeNodes(List.of(triple("a", "r", "b"), triple("b", "r", "c")));
    try (SparqlKnowledgeGraph graph =
        Fuseki.graph(name).options(RemoteOptions.defaults().withBatchSize(1)).build()) {
      assertThat(arcs(graph, Direction.BOTH, "b", "a", "b"))
          .containsExactly("0 >r c", "0 <r a", "1 >r b", "2 >r c", "2 <r a");
      assertThat(graph.statistics().arcRequests()).isEqualTo(2);
    }
  }

  @Test
  void aLocationOpensTheEndpoint() {
    try (KnowledgeGraph graph = Providers.openGraph(URI.create("sparql+" + Fuseki.endpoint()))) {
      assertThat(graph).isInstanceOf(SparqlKnowledgeGraph.class);
      assertThat(graph.entity(E + "nowhere")).isEmpty(); // the default graph is empty
    }
  }

  @Test
  void optionsAreSetOnceAndChecked() {
    SparqlKnowledgeGraphBuilder builder = SparqlKnowledgeGraph.builder(Fuseki.endpoint());
    assertThatThrownBy(() -> builder.pageSize(5).pageSize(5)).hasMessage("pageSize is already set");
    assertThatThrownBy(() -> builder.attempts(0)).hasMessageContaining("attempts");
    assertThatThrownBy(() -> builder.languages("en\"")).hasMessageContaining("en\"");
    assertThatThrownBy(() -> builder.allowPredicates("x\" || true"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.requestTimeout(Duration.ZERO))
        .hasMessageContaining("requestTimeout");
    assertThatThrownBy(() -> SparqlKnowledgeGraph.builder(URI.create("ftp://localhost/x")))
        .hasMessageContaining("ftp://localhost/x");
    assertThatThrownBy(() -> SparqlKnowledgeGraph.builder(URI.create("http://u:secret@host/x")))
        .hasMessageContaining("basicAuthentication")
        .message()
        .doesNotContain("secret");
    assertThatThrownBy(
            () -> SparqlKnowledgeGraph.builder(URI.create("http://triple_store:3030/ds?key=k123")))
        .hasMessageContaining("http://triple_store:3030/ds has an underscore");
    assertThatThrownBy(
            () -> Providers.openGraph(URI.create("sparql+http://u:secret@triple_store:3030/ds")))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("basicAuthentication")
        .message()
        .doesNotContain("secret");
    HttpClient following =
        HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build();
    assertThatThrownBy(() -> builder.httpClient(following)).hasMessageContaining("redirects");
  }
}
