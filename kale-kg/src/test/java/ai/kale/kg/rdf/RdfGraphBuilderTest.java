package ai.kale.kg.rdf;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.kg.graph.CompactGraph;
import ai.kale.kg.graph.CompactGraphBuilder;
import ai.kale.kg.graph.LoadedGraph;
import java.util.List;
import org.junit.jupiter.api.Test;

class RdfGraphBuilderTest {
  private static RdfGraphBuilder keepingLiterals() {
    return new RdfGraphBuilder(
        new CompactGraphBuilder(), List.of("en"), NameProperties.defaults(), LiteralPolicy.kept());
  }

  @Test
  void aLiteralThatComesOftenIsNamedOnceAndCountedRight() {
    RdfGraphBuilder builder = keepingLiterals();
    for (int i = 0; i < 5000; i++) {
      builder.addLiteral("http://x/e" + i, "http://x/open", "yes \"" + i % 3 + "\"\n", "en");
      builder.addLiteral("http://x/e" + i, "http://x/note", " ", "");
    }
    builder.addLiteral("http://x/e0", NameProperties.RDFS_LABEL, "Zero", "en");
    LoadedGraph loaded = builder.build(0, List.of());
    try (CompactGraph graph = loaded.graph()) {
      assertThat(graph.entityCount()).isEqualTo(5000 + 3 + 1);
      assertThat(graph.label(graph.entity("\"yes \\\"1\\\"\\n\"@en").orElseThrow()))
          .isEqualTo("yes \"1\"");
      assertThat(graph.namedEntitiesByLanguage()).containsOnlyKeys("en").containsEntry("en", 4);
      assertThat(loaded.report().names()).isEqualTo(4);
      assertThat(loaded.report().literalsSkipped()).as("a blank one has no name").isZero();
    }
  }

  @Test
  void nothingIsNamedAsALiteralWhereNoneIsKept() {
    CompactGraphBuilder compact = new CompactGraphBuilder().addTriple("\"x\"", "r", "\"y\"");
    LoadedGraph loaded =
        new RdfGraphBuilder(compact, List.of(), NameProperties.defaults(), LiteralPolicy.dropped())
            .build(0, List.of());
    assertThat(loaded.report().names()).isZero();
  }
}
