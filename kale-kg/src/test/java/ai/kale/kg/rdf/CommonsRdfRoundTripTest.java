package ai.kale.kg.rdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.InvalidInputException;
import ai.kale.kg.graph.CompactGraph;
import ai.kale.kg.graph.CompactGraphBuilder;
import ai.kale.kg.graph.LoadedGraph;
import ai.kale.kg.graph.TripleSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.rdf.api.Dataset;
import org.apache.commons.rdf.api.Graph;
import org.apache.commons.rdf.api.IRI;
import org.apache.commons.rdf.api.RDF;
import org.apache.commons.rdf.api.Triple;
import org.apache.commons.rdf.rdf4j.RDF4J;
import org.apache.commons.rdf.simple.SimpleRDF;
import org.apache.jena.commonsrdf.JenaRDF;
import org.eclipse.rdf4j.model.ValueFactory;
import org.eclipse.rdf4j.model.impl.LinkedHashModel;
import org.eclipse.rdf4j.model.impl.SimpleValueFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Graphs and datasets of three implementations, in, out and in again. */
class CommonsRdfRoundTripTest {
  /**
   * Implementations with an empty graph of each. That of RDF4J lies over its {@code Model}: the
   * Commons RDF binding was written for an older RDF4J, and its repositories, which its datasets
   * lie over, need a class that is no longer there.
   */
  static Stream<Arguments> graphs() {
    RDF4J rdf4j = new RDF4J();
    return Stream.of(
        Arguments.of("simple", new SimpleRDF(), new SimpleRDF().createGraph()),
        Arguments.of("Jena", new JenaRDF(), new JenaRDF().createGraph()),
        Arguments.of("RDF4J", rdf4j, rdf4j.asGraph(new LinkedHashModel())));
  }

  static Stream<Arguments> datasets() {
    return Stream.of(
        Arguments.of("simple", new SimpleRDF(), new SimpleRDF().createDataset()),
        Arguments.of("Jena", new JenaRDF(), new JenaRDF().createDataset()),
        Arguments.of("RDF4J's quads", new RDF4J(), new SimpleRDF().createDataset()));
  }

  private final CompactGraph graph =
      new CompactGraphBuilder()
          .addTriple("http://x/a", "http://x/knows", "http://x/b")
          .addTriple("http://x/b", "http://x/knows", "http://x/b")
          .addTriple("http://x/b", "http://x/likes", "http://x/Z%C3%BCrich")
          .addLabel("http://x/a", "Ann")
          .addAlias("http://x/a", "Anna")
          .addLabel("http://x/likes", "is fond of")
          .build();

  @ParameterizedTest(name = "{0}")
  @MethodSource("graphs")
  void outAndInGivesTheSameGraph(String name, RDF rdf, Graph target) {
    for (String language : List.of("", "en")) {
      Graph view = CommonsRdfView.builder(graph).names(language).build();
      view.stream().forEach(triple -> target.add(copy(rdf, triple)));
      assertThat(target.size()).isEqualTo(view.size());
      try (CompactGraph direct = CommonsRdfGraphs.load(view).graph();
          CompactGraph again = CommonsRdfGraphs.load(target).graph()) {
        assertThat(direct.snapshot()).isEqualTo(graph.snapshot());
        assertThat(again.snapshot()).isEqualTo(graph.snapshot());
      }
      target.clear();
    }
  }

  private static Triple copy(RDF rdf, Triple triple) {
    IRI subject = rdf.createIRI(((IRI) triple.getSubject()).getIRIString());
    IRI predicate = rdf.createIRI(triple.getPredicate().getIRIString());
    if (triple.getObject() instanceof IRI iri) {
      return rdf.createTriple(subject, predicate, rdf.createIRI(iri.getIRIString()));
    }
    var literal = (org.apache.commons.rdf.api.Literal) triple.getObject();
    return rdf.createTriple(
        subject,
        predicate,
        literal
            .getLanguageTag()
            .map(tag -> rdf.createLiteral(literal.getLexicalForm(), tag))
            .orElseGet(() -> rdf.createLiteral(literal.getLexicalForm())));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("graphs")
  void blankNodesKeepTheirIdsOnceInside(String name, RDF rdf, Graph source) {
    IRI knows = rdf.createIRI("http://x/knows");
    source.add(rdf.createIRI("http://x/a"), knows, rdf.createBlankNode("one"));
    source.add(rdf.createBlankNode("two"), knows, rdf.createIRI("http://x/a"));
    try (CompactGraph in = CommonsRdfGraphs.load(source).graph();
        CompactGraph again = CommonsRdfGraphs.load(CommonsRdfView.builder(in).build()).graph()) {
      assertThat(in.entityCount()).isEqualTo(3);
      assertThat(again.snapshot()).isEqualTo(in.snapshot());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("graphs")
  void literalsThatAreEntitiesComeOutAsLiterals(String name, RDF rdf, Graph source) {
    IRI film = rdf.createIRI("http://x/film");
    source.add(
        film,
        rdf.createIRI("http://x/year"),
        rdf.createLiteral("1944", rdf.createIRI("http://x/int")));
    source.add(film, rdf.createIRI("http://x/motto"), rdf.createLiteral("I \"do\"\n", "en"));
    source.add(film, rdf.createIRI("http://x/code"), rdf.createLiteral("k\\1"));
    CommonsRdfOptions options = CommonsRdfOptions.defaults().withLiterals(LiteralPolicy.kept());
    try (CompactGraph in = CommonsRdfGraphs.load(source, options).graph()) {
      CommonsRdfView view = CommonsRdfView.builder(in).names().build();
      assertThat(view.stream()).hasSize(3).allMatch(source::contains);
      assertThat(source.stream().map(Triple.class::cast)).allMatch(view::contains);
    }
    assertThatThrownBy(() -> CommonsRdfGraphs.load(source, options.withGraphs("g")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("datasets")
  void datasetsComeInWholeOrInParts(String name, RDF rdf, Dataset dataset) {
    IRI a = rdf.createIRI("http://x/a");
    IRI b = rdf.createIRI("http://x/b");
    IRI knows = rdf.createIRI("http://x/knows");
    IRI label = rdf.createIRI("http://www.w3.org/2000/01/rdf-schema#label");
    IRI one = rdf.createIRI("http://g/1");
    IRI two = rdf.createIRI("http://g/2");
    dataset.add(rdf.createQuad(null, a, knows, b));
    dataset.add(rdf.createQuad(one, b, knows, a));
    dataset.add(rdf.createQuad(two, b, knows, a));
    dataset.add(rdf.createQuad(two, a, knows, a));
    dataset.add(rdf.createQuad(two, a, label, rdf.createLiteral("Ann", "en")));
    LoadedGraph loaded = CommonsRdfGraphs.load(dataset);
    try (CompactGraph all = loaded.graph()) {
      assertThat(all.tripleCount()).hasValue(3);
      assertThat(all.label(all.entity("http://x/a").orElseThrow())).isEqualTo("Ann");
      assertThat(loaded.report().duplicates()).isEqualTo(1);
      assertThat(all.hasSources()).isFalse();
    }
    CommonsRdfOptions options = CommonsRdfOptions.defaults().withSources();
    try (CompactGraph all = CommonsRdfGraphs.load(dataset, options).graph()) {
      int s = all.entity("http://x/a").orElseThrow();
      int o = all.entity("http://x/b").orElseThrow();
      assertThat(all.source(s, 0, o)).hasValue(new TripleSource(0, ""));
      assertThat(all.source(o, 0, s)).hasValue(new TripleSource(0, "http://g/1"));
      assertThat(all.source(s, 0, s)).hasValue(new TripleSource(0, "http://g/2"));
    }
    try (CompactGraph some =
        CommonsRdfGraphs.load(dataset, options.withGraphs("", "http://g/1")).graph()) {
      assertThat(some.tripleCount()).hasValue(2);
    }
    assertThatThrownBy(() -> CommonsRdfGraphs.load(dataset, options.withGraphs("", "http://g/3")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("[http://g/3]")
        .hasMessageContaining("[http://g/1, http://g/2]");
  }

  @Test
  void statementsOfRdf4jComeInAsQuads() {
    ValueFactory values = SimpleValueFactory.getInstance();
    LinkedHashModel model = new LinkedHashModel();
    model.add(
        values.createIRI("http://x/a"),
        values.createIRI("http://x/knows"),
        values.createBNode("b"),
        values.createIRI("http://g/1"));
    Dataset dataset = new SimpleRDF().createDataset();
    RDF4J rdf4j = new RDF4J();
    model.forEach(statement -> dataset.add(rdf4j.asQuad(statement)));
    CommonsRdfOptions options = CommonsRdfOptions.defaults().withSources();
    try (CompactGraph graph = CommonsRdfGraphs.load(dataset, options).graph()) {
      assertThat(graph.tripleCount()).hasValue(1);
      int subject = graph.entity("http://x/a").orElseThrow();
      assertThat(graph.source(subject, 0, 1 - subject)).hasValue(new TripleSource(0, "http://g/1"));
    }
  }

  @Test
  void repositoriesOfTheOldRdf4jBindingDoNotWork() {
    // Says when this changes, so that the page may say otherwise.
    assertThatThrownBy(() -> new RDF4J().createDataset()).isInstanceOf(LinkageError.class);
    assertThat(Optional.of(new RDF4J().asGraph(new LinkedHashModel()).size())).hasValue(0L);
  }
}
