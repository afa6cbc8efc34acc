package ai.kale.kg.rdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.GraphCapability;
import ai.kale.KnowledgeGraph;
import ai.kale.error.InvalidInputException;
import ai.kale.error.UnsupportedCapabilityException;
import ai.kale.kg.TestGraphs;
import ai.kale.kg.graph.CompactGraph;
import ai.kale.kg.graph.CompactGraphBuilder;
import ai.kale.kg.graph.ForwardingKnowledgeGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.rdf.api.BlankNode;
import org.apache.commons.rdf.api.BlankNodeOrIRI;
import org.apache.commons.rdf.api.Graph;
import org.apache.commons.rdf.api.IRI;
import org.apache.commons.rdf.api.Literal;
import org.apache.commons.rdf.api.RDFTerm;
import org.apache.commons.rdf.api.Triple;
import org.apache.commons.rdf.simple.SimpleRDF;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CommonsRdfViewTest {
  private static final String BASE = "http://example.org/";
  private static final String LABEL = "http://www.w3.org/2000/01/rdf-schema#label";
  private static final String ALIAS = "http://www.w3.org/2004/02/skos/core#altLabel";

  private final SimpleRDF rdf = new SimpleRDF();
  private final CompactGraph graph =
      new CompactGraphBuilder()
          .addTriple("http://x/a", "http://x/knows", "_:b")
          .addTriple("_:b", "http://x/knows", "Kismet (film)")
          .addTriple("Kismet (film)", "directed by", "William Dieterle")
          .addTriple("Kismet (film)", "directed by", "Kismet (film)")
          .addTriple("http://x/a", "see also", "Kismet (film)")
          .addTriple("Kismet (film)", "year", "\"1944\"^^<http://x/int>")
          .addTriple("Kismet (film)", "motto", "\"I \\\"do\\\"\\n\"@en")
          .addLabel("http://x/a", "Ann")
          .addAlias("http://x/a", "Anna")
          .addAlias("http://x/a", "Annie")
          .addLabel("http://x/knows", "is friends with")
          .build();
  private final Graph view = CommonsRdfView.builder(graph).base(BASE).names("en").build();

  private static final RDFTerm[] NONE = {null};

  @Test
  void literalsAreFoundWhateverTheCaseOfTheirTag() {
    for (String tag : List.of("en-gb", "en-GB")) {
      CompactGraph one =
          new CompactGraphBuilder().addTriple("http://x/a", "http://x/p", "\"v\"@" + tag).build();
      Literal literal = RdfTerms.literal("v", "en-GB", "");
      assertThat(CommonsRdfView.builder(one).build().stream(null, null, literal)).hasSize(1);
    }
  }

  @Test
  void everyPatternFindsWhatAScanFinds() {
    List<Triple> all = new ArrayList<>();
    view.iterate().forEach(all::add);
    assertThat(all).hasSize(7 + 4).doesNotHaveDuplicates();
    assertThat(view.size()).isEqualTo(11);
    Set<RDFTerm> terms =
        Set.copyOf(
            all.stream()
                .flatMap(t -> Stream.of(t.getSubject(), t.getPredicate(), t.getObject()))
                .toList());
    List<RDFTerm> asked = new ArrayList<>(terms);
    asked.add(rdf.createIRI("http://x/nowhere"));
    asked.add(rdf.createLiteral("Ann"));
    asked.add(NONE[0]);
    for (RDFTerm s : asked) {
      for (RDFTerm p : asked) {
        for (RDFTerm o : asked) {
          if (!(s instanceof Literal) && (p == null || p instanceof IRI)) {
            matches(all, (BlankNodeOrIRI) s, (IRI) p, o);
          }
        }
      }
    }
  }

  private void matches(
      List<Triple> all, @Nullable BlankNodeOrIRI s, @Nullable IRI p, @Nullable RDFTerm o) {
    List<Triple> expected =
        all.stream()
            .filter(t -> s == null || t.getSubject().equals(s))
            .filter(t -> p == null || t.getPredicate().equals(p))
            .filter(t -> o == null || t.getObject().equals(o))
            .toList();
    assertThat(view.stream(s, p, o).map(Triple.class::cast))
        .as("%s %s %s", s, p, o)
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(view.contains(s, p, o)).isEqualTo(!expected.isEmpty());
  }

  @Test
  void idsBecomeTerms() {
    IRI film = rdf.createIRI(BASE + "Kismet%20%28film%29");
    IRI ann = rdf.createIRI("http://x/a");
    assertThat(view.contains(film, rdf.createIRI(BASE + "directed%20by"), film)).isTrue();
    assertThat(view.contains(ann, rdf.createIRI(BASE + "see%20also"), film)).isTrue();
    assertThat(view.contains(ann, null, rdf.createIRI(BASE + "Kismet%20(film)"))).isFalse();
    assertThat(view.contains(film, null, rdf.createLiteral("1944", rdf.createIRI("http://x/int"))))
        .isTrue();
    assertThat(view.contains(film, null, rdf.createLiteral("I \"do\"\n", "en"))).isTrue();
    BlankNode blank =
        (BlankNode)
            view.stream(ann, null, null)
                .map(Triple::getObject)
                .filter(BlankNode.class::isInstance)
                .findFirst()
                .orElseThrow();
    assertThat(blank.uniqueReference()).isEqualTo("b");
    assertThat(view.contains(ann, rdf.createIRI(LABEL), rdf.createLiteral("Ann", "EN"))).isTrue();
    assertThat(view.contains(ann, rdf.createIRI(ALIAS), rdf.createLiteral("Annie", "en"))).isTrue();
    assertThat(view.contains(ann, rdf.createIRI(ALIAS), rdf.createLiteral("Annie"))).isFalse();
    assertThat(
            view.contains(
                rdf.createIRI("http://x/knows"), null, rdf.createLiteral("is friends with", "en")))
        .isTrue();
  }

  @Test
  void literalsMayBeLong() {
    for (String text :
        List.of("x".repeat(1_000_000), "\n".repeat(500_000), "x\"".repeat(300_000))) {
      Literal literal = rdf.createLiteral(text, rdf.createIRI("http://x/wkt"));
      String id = RdfLiterals.id(text, "", "http://x/wkt");
      CompactGraph one =
          new CompactGraphBuilder().addTriple("http://x/a", "http://x/r", id).build();
      Graph shown = CommonsRdfView.builder(one).build();
      assertThat(shown.stream().findFirst().orElseThrow().getObject().equals(literal)).isTrue();
      assertThat(shown.contains(null, null, literal)).isTrue();
    }
  }

  @Test
  void aNameThatIsATripleTooComesOnce() {
    CompactGraph films =
        new CompactGraphBuilder()
            .addTriple("http://x/a", LABEL, "\"K\"@en")
            .addTriple("http://x/a", ALIAS, "\"Kay\"@de")
            .addLabel("http://x/a", "K")
            .addAlias("http://x/a", "Kay")
            .build();
    CommonsRdfView named = CommonsRdfView.builder(films).names("en").build();
    assertThat(named.stream()).hasSize(3).doesNotHaveDuplicates();
    assertThat(named.size()).isEqualTo(3);
    assertThat(named.stream(rdf.createIRI("http://x/a"), rdf.createIRI(LABEL), null)).hasSize(1);
    assertThat(named.stream(null, null, rdf.createLiteral("K", "en"))).hasSize(1);
    KnowledgeGraph repeating =
        new ForwardingKnowledgeGraph(films) {
          @Override
          public List<List<String>> names(int[] entities) {
            return super.names(entities).stream()
                .map(own -> own.isEmpty() ? own : List.of("K", "Kay", "Kay", "K"))
                .toList();
          }
        };
    assertThat(CommonsRdfView.builder(repeating).names("en").build().stream())
        .doesNotHaveDuplicates();
  }

  @Test
  void termsAreOneToOneWhateverTheIds() {
    List<String> ids =
        List.of(
            "a",
            "%61",
            "http://x/a",
            BASE + "a",
            BASE + "%61",
            "a b",
            "a%20b",
            "Zürich",
            "東京",
            "_:a",
            "_:",
            "a:b c",
            "\"x\"",
            "http://x/\"",
            "-._~",
            "😀");
    CompactGraphBuilder builder = new CompactGraphBuilder();
    ids.forEach(id -> builder.addTriple(id, "r " + id, id));
    Graph loops = CommonsRdfView.builder(builder.build()).base(BASE).build();
    List<Triple> triples = loops.stream().map(Triple.class::cast).toList();
    assertThat(triples).hasSameSizeAs(ids);
    assertThat(triples.stream().map(Triple::getSubject)).doesNotHaveDuplicates();
    for (Triple triple : triples) {
      assertThat(loops.stream(triple.getSubject(), null, null).map(Triple.class::cast))
          .containsExactly(triple);
      assertThat(loops.stream(null, triple.getPredicate(), null).map(Triple.class::cast))
          .containsExactly(triple);
      assertThat(triple.getSubject()).isEqualTo(triple.getObject());
      if (triple.getSubject() instanceof IRI iri) {
        assertThat(rdf.createIRI(iri.getIRIString())).isEqualTo(iri).hasSameHashCodeAs(iri);
      }
    }
  }

  @Test
  void itsTermsEqualThoseOfOtherImplementations() {
    for (Triple triple : view.iterate()) {
      RDFTerm object = triple.getObject();
      RDFTerm same =
          object instanceof IRI iri
              ? rdf.createIRI(iri.getIRIString())
              : object instanceof Literal literal
                  ? literal
                      .getLanguageTag()
                      .map(tag -> rdf.createLiteral(literal.getLexicalForm(), tag))
                      .orElseGet(
                          () -> rdf.createLiteral(literal.getLexicalForm(), literal.getDatatype()))
                  : object;
      assertThat(object).isEqualTo(same).hasSameHashCodeAs(same);
      assertThat(same).isEqualTo(object);
      assertThat(object.ntriplesString()).isEqualTo(same.ntriplesString());
      Triple copy = rdf.createTriple(triple.getSubject(), triple.getPredicate(), same);
      assertThat(copy).isEqualTo(triple).hasSameHashCodeAs(triple);
      assertThat(triple).isEqualTo(copy).isNotEqualTo(Objects.toString(triple));
      assertThat(view.contains(copy)).isTrue();
    }
  }

  @Test
  void idsThatAreNoIrisNeedABase() {
    assertThatThrownBy(() -> CommonsRdfView.builder(graph).build())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("6 ids")
        .hasMessageContaining("'directed by', 'motto', 'see also'")
        .hasMessageContaining("base(");
    CompactGraph iris = TestGraphs.of("http://x/a http://x/r _:b");
    assertThat(CommonsRdfView.builder(iris).build().size()).isEqualTo(1);
    assertThatThrownBy(() -> CommonsRdfView.builder(graph).base("no iri"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CommonsRdfView.builder(graph).names("no tag"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CommonsRdfView.builder(graph).base(BASE).base(BASE))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void itCannotBeChanged() {
    Triple triple = view.stream().map(Triple.class::cast).findFirst().orElseThrow();
    List<Runnable> changes =
        List.of(
            () -> view.add(triple),
            () -> view.add(triple.getSubject(), triple.getPredicate(), triple.getObject()),
            () -> view.remove(triple),
            () -> view.remove(null, null, null),
            view::clear);
    for (Runnable change : changes) {
      assertThatThrownBy(change::run).isInstanceOf(UnsupportedOperationException.class);
    }
    assertThat(view.size()).isEqualTo(11);
  }

  @Test
  void aGraphThatCannotBeEnumeratedIsRefused() {
    KnowledgeGraph remote =
        new ForwardingKnowledgeGraph(graph) {
          @Override
          public Set<GraphCapability> capabilities() {
            return Set.of();
          }
        };
    assertThatThrownBy(() -> CommonsRdfView.builder(remote))
        .isInstanceOf(UnsupportedCapabilityException.class)
        .hasMessageContaining("a Commons RDF view");
  }

  @Test
  void anEmptyGraphHasNoTriples() {
    try (CommonsRdfView empty =
        CommonsRdfView.builder(new CompactGraphBuilder().build()).names().build()) {
      assertThat(empty.stream()).isEmpty();
      assertThat(empty.size()).isZero();
    }
  }
}
