package ai.kale.kg.rdf;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.kg.graph.CompactGraph;
import ai.kale.kg.graph.LoadedGraph;
import java.util.List;
import org.apache.commons.rdf.api.BlankNode;
import org.apache.commons.rdf.api.Graph;
import org.apache.commons.rdf.api.IRI;
import org.apache.commons.rdf.simple.SimpleRDF;
import org.junit.jupiter.api.Test;

class CommonsRdfGraphsTest {
  @Test
  void namesBlankNodesAndLiterals() {
    SimpleRDF rdf = new SimpleRDF();
    Graph source = rdf.createGraph();
    IRI a = rdf.createIRI("http://x/a");
    IRI knows = rdf.createIRI("http://x/knows");
    IRI label = rdf.createIRI("http://www.w3.org/2000/01/rdf-schema#label");
    BlankNode blank = rdf.createBlankNode("b");
    source.add(a, knows, blank);
    source.add(a, label, rdf.createLiteral("Anna", "de"));
    source.add(a, label, rdf.createLiteral("Ann", "en"));
    source.add(knows, label, rdf.createLiteral("is friends with"));
    source.add(a, rdf.createIRI("http://x/age"), rdf.createLiteral("7"));
    LoadedGraph loaded = CommonsRdfGraphs.load(source);
    try (CompactGraph graph = loaded.graph()) {
      assertThat(graph.names(graph.entities(List.of("http://x/a"))))
          .containsExactly(List.of("Ann"));
      assertThat(graph.entity("_:" + blank.uniqueReference())).isPresent();
      assertThat(graph.relationLabel(0)).isEqualTo("is friends with");
      assertThat(loaded.report().literalsSkipped()).isEqualTo(2);
      assertThat(graph.tripleCount()).hasValue(1);
    }
    try (CompactGraph german = CommonsRdfGraphs.load(source, List.of("de")).graph()) {
      assertThat(german.label(german.entity("http://x/a").orElseThrow())).isEqualTo("Anna");
    }
  }
}
