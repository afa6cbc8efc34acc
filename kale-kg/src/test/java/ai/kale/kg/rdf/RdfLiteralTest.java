package ai.kale.kg.rdf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RdfLiteralTest {
  private static final String XSD = "http://www.w3.org/2001/XMLSchema#";

  @Property(tries = 300, seed = "20261122")
  void idsAreReadBack(@ForAll String text) {
    for (RdfLiteral literal :
        List.of(
            new RdfLiteral(text, "", ""),
            new RdfLiteral(text, "en", ""),
            new RdfLiteral(text, "", XSD + "gYear"))) {
      assertThat(RdfLiteral.parse(literal.id())).hasValue(literal);
      assertThat(IdTerms.literal(literal.id()).orElseThrow().ntriplesString())
          .isEqualTo(literal.id());
    }
  }

  @Test
  void storesLoadersAndViewsWriteTheSameIds() {
    String text = "say \"yes\"\\\n\r\t";
    for (List<String> tags :
        List.of(
            List.of("", ""),
            List.of("", XSD + "string"),
            List.of("", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"),
            List.of("fr", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"),
            List.of("", XSD + "int"))) {
      String id = RdfLiterals.id(text, tags.get(0), tags.get(1));
      assertThat(new RdfLiteral(text, tags.get(0), tags.get(1)).id()).isEqualTo(id);
      assertThat(RdfTerms.literal(text, tags.get(0), tags.get(1)).ntriplesString()).isEqualTo(id);
    }
  }

  @Test
  void othersAreNoLiterals() {
    for (String id :
        List.of(
            "",
            "\"",
            "x",
            "\"a",
            "\"a\"b",
            "\"a\"@",
            "\"a\"^^<>",
            "\"a\"b\"",
            "\"a\nb\"",
            "\"a\rb\"",
            "\"a\\\"",
            "\"a\\tb\"",
            "http://x/\"")) {
      assertThat(RdfLiteral.parse(id)).as(id).isEqualTo(Optional.empty());
    }
    for (String id : List.of("\"a\"@e n", "\"a\"^^<a b>", "\"a\"^^<a<b>")) {
      assertThat(IdTerms.literal(id)).as(id).isEmpty();
    }
  }
}
