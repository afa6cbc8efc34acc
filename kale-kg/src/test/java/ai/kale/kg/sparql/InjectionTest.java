package ai.kale.kg.sparql;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.Direction;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.jena.query.Query;
import org.apache.jena.query.QueryFactory;
import org.apache.jena.sparql.syntax.ElementData;
import org.apache.jena.sparql.syntax.ElementVisitorBase;
import org.apache.jena.sparql.syntax.ElementWalker;

/** Whatever an id looks like, it is one IRI of the query or it is not in the query. */
class InjectionTest {
  private static final Queries QUERIES =
      new Queries(List.of(), new PredicateFilter(List.of(), List.of()), List.of("en"));

  @Property(tries = 1000, seed = "20261122")
  void aSafeIdIsOneIriOfTheQuery(@ForAll("ids") String id) {
    for (String text :
        List.of(
            QUERIES.arcs(List.of(id), Direction.FORWARD),
            QUERIES.entities(List.of(id)),
            QUERIES.relation(id),
            QUERIES.names(List.of(id)))) {
      String other = "http://example.org/x";
      List<String> otherValues =
          values(QueryFactory.create(text.replace("<" + id + ">", "<" + other + ">")));
      assertThat(otherValues).contains(other);
      assertThat(values(QueryFactory.create(text)))
          .isEqualTo(otherValues.stream().map(v -> v.equals(other) ? id : v).toList());
    }
  }

  @Property(tries = 1000, seed = "20261122")
  void anIdWithOtherCharactersIsNotSafe(
      @ForAll("ids") String id, @ForAll("hostile") char hostile, @ForAll int place) {
    int at = Math.floorMod(place, id.length() + 1);
    assertThat(QueryIris.isSafe(id.substring(0, at) + hostile + id.substring(at))).isFalse();
  }

  @Example
  void unsafeIdsAreUnknownToTheGraph() {
    try (SparqlKnowledgeGraph graph =
        Fuseki.graph(
                Fuseki.store(List.of(new String[][] {{"http://e/a", "http://e/r", "http://e/b"}})))
            .build()) {
      assertThat(
              graph.entities(
                  List.of("http://e/a> ?p ?o } #", "a", "_:b", "", "http://e/a", "http://e/ a")))
          .containsExactly(-1, -1, -1, -1, 0, -1);
      assertThat(graph.relation("http://e/r> ?x")).isEmpty();
      assertThat(graph.relation("http://e/r")).isPresent();
    }
  }

  @Example
  void whatIsAllowed() {
    assertThat(
            List.of("http://e/Ä_(b)'!$&,;=@%20", "urn:x:y", "a+b-c.d:x", "http://e/\uD83D\uDE00"))
        .allMatch(QueryIris::isSafe);
    assertThat(List.of("http://e/a/../b", "http://e/.", "http://e/./x", "http://e/..?q"))
        .noneMatch(QueryIris::isSafe);
    assertThat(List.of("", ":x", "1a:b", "a b:c", "http://e/\uD83D", "http://e/\uDE00", "x", "é:x"))
        .noneMatch(QueryIris::isSafe);
  }

  private static List<String> values(Query query) {
    List<String> values = new java.util.ArrayList<>();
    ElementWalker.walk(
        query.getQueryPattern(),
        new ElementVisitorBase() {
          @Override
          public void visit(ElementData data) {
            data.getRows()
                .forEach(
                    row ->
                        data.getVars().stream()
                            .map(row::get)
                            .forEach(
                                node ->
                                    values.add(node.isURI() ? node.getURI() : node.toString())));
          }
        });
    return values;
  }

  /** Absolute IRIs with all kinds of allowed characters after the scheme. */
  @Provide
  Arbitrary<String> ids() {
    return Arbitraries.strings()
        .withChars("abcXYZ019/:?#[]@!$&'()*+,;=-._~%äß漢")
        .ofMaxLength(20)
        .map("http://e/"::concat)
        .filter(QueryIris::isSafe); // all but a few with dot segments
  }

  @Provide
  Arbitrary<Character> hostile() {
    return Arbitraries.of(
        ' ', '<', '>', '"', '\\', '{', '}', '|', '^', '`', '\n', '\t', '\0', '\u0085');
  }
}
