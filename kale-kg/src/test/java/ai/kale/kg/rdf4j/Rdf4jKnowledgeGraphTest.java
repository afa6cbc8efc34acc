package ai.kale.kg.rdf4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.Direction;
import ai.kale.GraphCapability;
import ai.kale.KnowledgeGraph;
import ai.kale.error.SetupException;
import ai.kale.error.TransientFailureException;
import ai.kale.kg.graph.LoadedGraph;
import ai.kale.kg.rdf.LiteralPolicy;
import ai.kale.kg.rdf.NameProperties;
import ai.kale.kg.rdf.RdfLiteral;
import ai.kale.kg.rdf.RdfStoreOptions;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.rdf4j.repository.Repository;
import org.eclipse.rdf4j.repository.RepositoryConnection;
import org.eclipse.rdf4j.repository.RepositoryException;
import org.eclipse.rdf4j.repository.base.RepositoryWrapper;
import org.eclipse.rdf4j.repository.sail.SailRepository;
import org.eclipse.rdf4j.rio.RDFFormat;
import org.eclipse.rdf4j.sail.memory.MemoryStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the contract does not ask: graphs, names, literals, blank nodes, failures, copies. */
class Rdf4jKnowledgeGraphTest {
  private static final String E = "http://example.org/";
  private static final String LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>";
  private static final String ALIAS = "<http://www.w3.org/2004/02/skos/core#altLabel>";

  private final Repository repository = new SailRepository(new MemoryStore());

  @AfterEach
  void shutDown() {
    repository.shutDown();
  }

  private void load(String graph, String... lines) {
    String data = String.join(" .\n", lines).replace("e:", "http://example.org/") + " .\n";
    try (RepositoryConnection connection = repository.getConnection()) {
      if (graph.isEmpty()) {
        connection.add(new StringReader(data), RDFFormat.NTRIPLES);
      } else {
        connection.add(new StringReader(data), RDFFormat.NTRIPLES, Rdf4jStores.iri(graph));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> arcs(KnowledgeGraph graph, String id, Direction direction) {
    List<String> arcs = new ArrayList<>();
    graph.expand(
        graph.entity(id).orElseThrow(),
        direction,
        (index, relation, inverse, neighbour, weight) ->
            arcs.add(
                (inverse ? "<" : ">")
                    + graph.relationId(relation).replace(E, "")
                    + " "
                    + graph.entityId(neighbour).replace(E, "")));
    return arcs;
  }

  @Test
  void allGraphsAreReadUnlessSomeAreChosen() {
    load("", "<e:a> <e:knows> <e:b>");
    load(E + "g1", "<e:a> <e:knows> <e:b>", "<e:a> <e:knows> <e:c>");
    load(E + "g2", "<e:a> <e:knows> <e:d>");
    try (KnowledgeGraph all = Rdf4jKnowledgeGraph.of(repository);
        KnowledgeGraph unnamed = with(RdfStoreOptions.defaults().withGraphs(""));
        KnowledgeGraph two = with(RdfStoreOptions.defaults().withGraphs("", E + "g2"))) {
      assertThat(arcs(all, E + "a", Direction.FORWARD))
          .containsExactly(">knows b", ">knows c", ">knows d");
      assertThat(arcs(unnamed, E + "a", Direction.FORWARD)).containsExactly(">knows b");
      assertThat(arcs(two, E + "a", Direction.FORWARD)).containsExactly(">knows b", ">knows d");
      assertThat(two.entity(E + "c")).isEmpty();
    }
  }

  private Rdf4jKnowledgeGraph with(RdfStoreOptions options) {
    return Rdf4jKnowledgeGraph.of(repository, options);
  }

  @Test
  void aGraphThatIsNotThereIsRefused() {
    load("", "<e:a> <e:knows> <e:b>");
    assertThatThrownBy(() -> with(RdfStoreOptions.defaults().withGraphs(E + "typo")))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("example.org/typo");
    assertThatThrownBy(() -> with(RdfStoreOptions.defaults().withGraphs("no iri")))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("give its IRI");
  }

  @Test
  void namesAreChosenByLanguageAsInTheCopy() {
    load(
        "",
        "<e:a> <e:knows> <e:b>",
        "<e:a> " + LABEL + " \"Warschau\"@de",
        "<e:a> " + LABEL + " \"Warsaw\"@en-GB",
        "<e:a> " + ALIAS + " \"Warszawa\"@de",
        "<e:b> " + LABEL + " \"Varsovie\"@fr",
        "<e:knows> " + LABEL + " \"is acquainted with\"@en");
    for (String[] languages : new String[][] {{"de"}, {"en", "de"}, {""}}) {
      try (Rdf4jKnowledgeGraph graph = with(RdfStoreOptions.defaults().withLanguages(languages));
          KnowledgeGraph copy = graph.toCompact().graph()) {
        for (String id : List.of(E + "a", E + "b")) {
          assertThat(graph.names(new int[] {graph.entity(id).orElseThrow()}))
              .isEqualTo(copy.names(new int[] {copy.entity(id).orElseThrow()}));
        }
        assertThat(graph.relationLabel(graph.relation(E + "knows").orElseThrow()))
            .isEqualTo("is acquainted with");
      }
    }
    try (KnowledgeGraph graph = with(RdfStoreOptions.defaults().withLanguages("de"))) {
      assertThat(graph.names(new int[] {graph.entity(E + "a").orElseThrow()}))
          .containsExactly(List.of("Warschau", "Warszawa"));
    }
  }

  @Test
  void literalsAreEntitiesOnlyWhereAskedFor() {
    load(
        "",
        "<e:a> <e:knows> <e:b>",
        "<e:a> <e:born> \"1867\"^^<http://www.w3.org/2001/XMLSchema#gYear>",
        "<e:b> <e:motto> \"say \\\"yes\\\"\\n\"@en",
        "<e:a> " + LABEL + " \"A\"@en");
    String year = new RdfLiteral("1867", "", "http://www.w3.org/2001/XMLSchema#gYear").id();
    try (KnowledgeGraph graph = Rdf4jKnowledgeGraph.of(repository)) {
      assertThat(arcs(graph, E + "a", Direction.BOTH)).containsExactly(">knows b");
      assertThat(graph.entity(year)).isEmpty();
    }
    RdfStoreOptions options = RdfStoreOptions.defaults().withLiterals(LiteralPolicy.kept());
    try (Rdf4jKnowledgeGraph graph = with(options);
        KnowledgeGraph copy = graph.toCompact().graph()) {
      assertThat(arcs(graph, E + "a", Direction.BOTH)).containsExactly(">born " + year, ">knows b");
      assertThat(arcs(graph, year, Direction.BOTH)).containsExactly("<born a");
      assertThat(graph.label(graph.entity(year).orElseThrow())).isEqualTo("1867");
      assertThat(arcs(graph, E + "b", Direction.FORWARD))
          .containsExactly(">motto " + new RdfLiteral("say \"yes\"\n", "en", "").id());
      assertThat(graph.entity("\"A\"@en")).isEmpty();
      assertThat(arcs(copy, year, Direction.BOTH)).containsExactly("<born a");
      assertThat(copy.label(copy.entity(year).orElseThrow())).isEqualTo("1867");
    }
  }

  @Test
  void propertiesOfNamesAndOfLiteralsAreChosenAsInTheCopy() {
    load(
        "",
        "<e:a> <e:knows> <e:b>",
        "<e:a> <e:title> \"The A\"@en",
        "<e:a> " + LABEL + " \"A\"@en",
        "<e:a> " + ALIAS + " \"Alpha\"@en",
        "<e:a> <e:born> \"1867\"",
        "<e:a> <e:motto> \"yes\"");
    RdfStoreOptions options =
        RdfStoreOptions.defaults()
            .withNames(new NameProperties(List.of(E + "title"), List.of(NameProperties.ALT_LABEL)))
            .withLiterals(LiteralPolicy.keptFor(E + "born", E + "title"));
    try (Rdf4jKnowledgeGraph graph = with(options)) {
      LoadedGraph loaded = graph.toCompact();
      for (KnowledgeGraph one : List.of(graph, loaded.graph())) {
        assertThat(arcs(one, E + "a", Direction.BOTH))
            .containsExactlyInAnyOrder(">born \"1867\"", ">knows b", ">title \"The A\"@en");
        assertThat(one.names(one.entities(List.of(E + "a", "\"1867\""))))
            .containsExactly(List.of("The A", "Alpha"), List.of("1867"));
        assertThat(one.entity("\"yes\"")).isEmpty();
        assertThat(one.entity("\"A\"@en")).isEmpty();
      }
      assertThat(loaded.report().literalsSkipped()).as("label, motto").isEqualTo(2);
      loaded.graph().close();
    }
  }

  @Test
  void blankNodesAreEntities() {
    load("", "<e:a> <e:lived> _:x", "_:x <e:in> <e:paris>");
    try (KnowledgeGraph graph = Rdf4jKnowledgeGraph.of(repository)) {
      String blank = arcs(graph, E + "a", Direction.FORWARD).get(0).substring(">lived ".length());
      assertThat(blank).startsWith("_:");
      assertThat(arcs(graph, blank, Direction.BOTH)).containsExactly(">in paris", "<lived a");
    }
  }

  @Test
  void statementsAboutStatementsAreCounted() {
    load("", "<e:a> <e:knows> <e:b>");
    try (RepositoryConnection connection = repository.getConnection()) {
      connection.add(
          Rdf4jStores.VALUES.createTriple(
              Rdf4jStores.iri(E + "a"), Rdf4jStores.iri(E + "knows"), Rdf4jStores.iri(E + "b")),
          Rdf4jStores.iri(E + "saidBy"),
          Rdf4jStores.iri(E + "b"));
    }
    try (Rdf4jKnowledgeGraph graph = Rdf4jKnowledgeGraph.of(repository)) {
      assertThat(arcs(graph, E + "b", Direction.BACKWARD)).containsExactly("<knows a");
      assertThat(graph.statistics().skippedArcs()).isEqualTo(1);
      LoadedGraph copy = graph.toCompact();
      assertThat(copy.report().triples()).isEqualTo(1);
      assertThat(copy.report().linesSkipped()).isEqualTo(1);
      copy.graph().close();
    }
  }

  @Test
  void theSnapshotIsAHashOfTheStatementsOrTheNameGiven() {
    load("", "<e:a> <e:knows> <e:b>");
    String before;
    try (KnowledgeGraph graph = Rdf4jKnowledgeGraph.of(repository)) {
      before = graph.snapshot();
      assertThat(graph.capabilities()).containsExactly(GraphCapability.CONTENT_HASH);
    }
    load("", "<e:a> <e:age> \"7\"");
    try (KnowledgeGraph graph = Rdf4jKnowledgeGraph.of(repository);
        KnowledgeGraph named = with(RdfStoreOptions.defaults().withSnapshot("dump 7"))) {
      assertThat(graph.snapshot()).startsWith("sha256:").isNotEqualTo(before);
      assertThat(named.snapshot()).isEqualTo("dump 7");
      assertThat(named.capabilities()).isEmpty();
    }
  }

  @Test
  void idsThatNoTermCanHaveAreUnknown() {
    load("", "<e:a> <e:knows> <e:b>");
    try (KnowledgeGraph graph =
        with(RdfStoreOptions.defaults().withLiterals(LiteralPolicy.kept()))) {
      assertThat(
              graph.entities(
                  List.of("no iri", "_:", "\"open", "\"x\"^^<>", "\"a\"b\"", "\"\\q\"", "\"x\"@")))
          .containsOnly(-1);
      assertThat(graph.relation("no iri")).isEmpty();
      assertThat(graph.relation("_:b")).isEmpty();
    }
  }

  @Test
  void theStoreIsClosedOnlyWhenAsked() {
    load("", "<e:a> <e:knows> <e:b>");
    Rdf4jKnowledgeGraph.of(repository).close();
    assertThat(repository.isInitialized()).isTrue();
    with(RdfStoreOptions.defaults().withClosing(true)).close();
    assertThat(repository.isInitialized()).isFalse();
  }

  @Test
  void aStoreThatFailsIsReportedAsSuch() {
    load("", "<e:a> <e:knows> <e:b>");
    Repository failing =
        new RepositoryWrapper(repository) {
          @Override
          public RepositoryConnection getConnection() {
            throw new RepositoryException("disk on fire");
          }
        };
    try (KnowledgeGraph graph = Rdf4jKnowledgeGraph.of(failing)) {
      assertThatThrownBy(() -> graph.entity(E + "a"))
          .isInstanceOf(TransientFailureException.class)
          .hasMessageContaining("disk on fire");
    }
  }
}
