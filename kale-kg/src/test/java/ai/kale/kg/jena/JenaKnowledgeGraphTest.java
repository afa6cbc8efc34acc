package ai.kale.kg.jena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.Direction;
import ai.kale.KnowledgeGraph;
import ai.kale.error.SetupException;
import ai.kale.kg.TempFolders;
import ai.kale.kg.rdf.LiteralPolicy;
import ai.kale.kg.rdf.RdfStoreOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.query.Dataset;
import org.apache.jena.query.DatasetFactory;
import org.apache.jena.query.ReadWrite;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.system.Txn;
import org.apache.jena.tdb2.TDB2Factory;
import org.apache.jena.tdb2.sys.TDBInternal;
import org.junit.jupiter.api.Test;

/** What the contract does not ask: transactions, graphs, names, literals, disk. */
class JenaKnowledgeGraphTest {
  private static final String E = "http://example.org/";
  private static final String DATA =
      """
      @prefix : <http://example.org/> .
      @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
      @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
      :a :knows :b ; :born 1867 ; rdfs:label "Anna"@en , "Anne"@fr ; skos:altLabel "Annie"@en .
      :b :lived [ :in :paris ] .
      :g1 { :a :knows :c . }
      :g2 { :a :knows :c , :d . }
      """;

  private static Dataset dataset(String trig) {
    Dataset dataset = DatasetFactory.createTxnMem();
    Txn.executeWrite(
        dataset, () -> RDFParser.fromString(trig, Lang.TRIG).parse(dataset.asDatasetGraph()));
    return dataset;
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
    Dataset dataset = dataset(DATA);
    RdfStoreOptions options = RdfStoreOptions.defaults();
    try (KnowledgeGraph all = JenaKnowledgeGraph.of(dataset);
        KnowledgeGraph unnamed = JenaKnowledgeGraph.of(dataset, options.withGraphs(""));
        KnowledgeGraph two =
            JenaKnowledgeGraph.of(dataset, options.withGraphs(E + "g1", E + "g2"))) {
      assertThat(arcs(all, E + "a", Direction.FORWARD))
          .containsExactly(">knows b", ">knows c", ">knows d");
      assertThat(arcs(unnamed, E + "a", Direction.FORWARD)).containsExactly(">knows b");
      assertThat(arcs(two, E + "a", Direction.FORWARD)).containsExactly(">knows c", ">knows d");
    }
    assertThatThrownBy(() -> JenaKnowledgeGraph.of(dataset, options.withGraphs(E + "typo")))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("example.org/typo");
  }

  @Test
  void aCallersTransactionIsUsedAndLeftOpen() {
    Dataset dataset = dataset(DATA);
    try (KnowledgeGraph graph =
        JenaKnowledgeGraph.of(
            dataset,
            RdfStoreOptions.defaults()
                .withRemote(RdfStoreOptions.defaults().remote().withMaxCachedArcs(0)))) {
      dataset.begin(ReadWrite.WRITE);
      JenaStores.addInTransaction(dataset, E + "a", E + "knows", E + "new");
      assertThat(arcs(graph, E + "a", Direction.FORWARD)).contains(">knows new");
      assertThat(dataset.isInTransaction()).isTrue();
      dataset.abort();
      dataset.end();
      assertThat(arcs(graph, E + "a", Direction.FORWARD)).doesNotContain(">knows new");
      assertThat(dataset.isInTransaction()).isFalse();
    }
  }

  @Test
  void aDatasetOfPlainModelsIsReadToo() {
    Dataset general = DatasetFactory.createGeneral();
    JenaStores.addInTransaction(general, E + "a", E + "knows", E + "b");
    try (KnowledgeGraph graph = JenaKnowledgeGraph.of(general)) {
      assertThat(arcs(graph, E + "b", Direction.BOTH)).containsExactly("<knows a");
    }
  }

  @Test
  void namesLiteralsAndBlankNodesAreAsInTheCopy() {
    RdfStoreOptions options = RdfStoreOptions.defaults().withLiterals(LiteralPolicy.kept());
    try (JenaKnowledgeGraph graph = JenaKnowledgeGraph.of(dataset(DATA), options);
        KnowledgeGraph copy = graph.toCompact().graph()) {
      String year = "\"1867\"^^<http://www.w3.org/2001/XMLSchema#integer>";
      assertThat(arcs(graph, year, Direction.BOTH)).containsExactly("<born a");
      assertThat(arcs(graph, E + "a", Direction.BOTH)).hasSize(4).contains(">born " + year);
      assertThat(graph.names(new int[] {graph.entity(E + "a").orElseThrow()}))
          .containsExactly(List.of("Anna", "Annie"));
      String blank = arcs(graph, E + "b", Direction.FORWARD).get(0).substring(">lived ".length());
      for (String id : List.of(E + "a", E + "b", E + "d", year, blank)) {
        assertThat(arcs(graph, id, Direction.BOTH))
            .containsExactlyInAnyOrderElementsOf(arcs(copy, id, Direction.BOTH));
        assertThat(graph.names(new int[] {graph.entity(id).orElseThrow()}))
            .isEqualTo(copy.names(new int[] {copy.entity(id).orElseThrow()}));
      }
      assertThat(graph.entities(List.of("no iri", "_:", "\"open", "_:nowhere"))).containsOnly(-1);
    }
  }

  @Test
  void statementsAboutStatementsAreCounted() {
    Dataset dataset = dataset(DATA);
    Txn.executeWrite(
        dataset,
        () ->
            dataset
                .asDatasetGraph()
                .add(
                    Quad.defaultGraphIRI,
                    NodeFactory.createURI(E + "c"),
                    NodeFactory.createURI(E + "said"),
                    NodeFactory.createTripleTerm(
                        NodeFactory.createURI(E + "a"),
                        NodeFactory.createURI(E + "knows"),
                        NodeFactory.createURI(E + "d"))));
    try (JenaKnowledgeGraph graph = JenaKnowledgeGraph.of(dataset)) {
      assertThat(arcs(graph, E + "c", Direction.FORWARD)).isEmpty();
      assertThat(graph.statistics().skippedArcs()).isEqualTo(1);
      assertThat(graph.toCompact().report().linesSkipped()).isEqualTo(1);
    }
  }

  @Test
  void aStoreOnDiskIsReadAfterItWasOpenedAgain() {
    Path folder = TempFolders.create();
    Dataset written = TDB2Factory.connectDataset(folder.toString());
    JenaStores.add(written, "", List.<String[]>of(new String[] {E + "a", E + "knows", E + "b"}));
    TDBInternal.expel(written.asDatasetGraph());
    Dataset dataset = TDB2Factory.connectDataset(folder.toString());
    try (KnowledgeGraph graph =
        JenaKnowledgeGraph.of(dataset, RdfStoreOptions.defaults().withClosing(true))) {
      assertThat(arcs(graph, E + "a", Direction.FORWARD)).containsExactly(">knows b");
      assertThat(graph.snapshot()).startsWith("sha256:");
    } finally {
      TDBInternal.expel(dataset.asDatasetGraph());
      TempFolders.delete(folder);
    }
  }
}
