package ai.kale.kg;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.KnowledgeGraph;
import ai.kale.kg.remote.RemoteOptions;
import ai.kale.kg.sparql.SparqlKnowledgeGraph;
import ai.kale.spi.Providers;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** The snippets of docs/knowledge-graphs.md about graphs elsewhere; keep both the same. */
class RemoteSnippetsTest {
  @Test
  void sparql() {
    String password = "secret";
    // snippet: sparql
    SparqlKnowledgeGraph graph =
        SparqlKnowledgeGraph.builder(URI.create("https://example.org/sparql"))
            .allowPredicates("http://www.wikidata.org/prop/direct/")
            .languages("en", "mul", "")
            .basicAuthentication("ann", password)
            .userAgent("my-project/1.0 (ann@example.org)")
            .options(RemoteOptions.defaults().withBatchSize(200).withMaxCachedArcs(1_000_000))
            .build();
    // end
    assertThat(graph.toString()).doesNotContain(password);
    assertThat(graph.statistics().requests()).isZero();
    graph.close();
  }

  @Test
  void location() {
    // snippet: location
    KnowledgeGraph graph =
        Providers.openGraph(URI.create("sparql+https://query.wikidata.org/sparql"));
    // end
    assertThat(graph).isInstanceOf(SparqlKnowledgeGraph.class); // nothing was asked
    graph.close();
  }
}
