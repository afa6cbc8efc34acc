package ai.kale.kg.sparql;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.KnowledgeGraph;
import ai.kale.PathExtractor;
import ai.kale.PathQuery;
import ai.kale.data.KnowledgePath;
import ai.kale.kg.graph.CompactGraph;
import ai.kale.kg.graph.CompactGraphBuilder;
import ai.kale.kg.path.BruteForcePathExtractor;
import ai.kale.kg.path.ExactPathExtractor;
import ai.kale.kg.path.KnowledgePaths;
import ai.kale.kg.remote.RemoteOptions;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Paths over a real endpoint are those of the oracle in memory, for about a request a hop. */
class SparqlPathsTest {
  private static final int ENTITIES = 14;

  private static List<String[]> triples() {
    Random random = new Random(20261122);
    List<String[]> triples = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      triples.add(
          new String[] {
            entity(random.nextInt(ENTITIES)),
            "http://example.org/r" + random.nextInt(3),
            entity(random.nextInt(ENTITIES))
          });
    }
    return triples;
  }

  private static String entity(int number) {
    return "http://example.org/e" + number;
  }

  private static List<KnowledgePath> paths(
      KnowledgeGraph graph, PathExtractor extractor, int from, int to, int hops) {
    int[] ends = graph.entities(List.of(entity(from), entity(to)));
    PathQuery query = PathQuery.between(new int[] {ends[0]}, new int[] {ends[1]}).withMaxHops(hops);
    return extractor.extract(graph, query).paths().stream()
        .map(path -> KnowledgePaths.resolve(graph, path))
        .toList();
  }

  @Test
  void pathsAreThoseOfTheOracleForARequestAHop() {
    List<String[]> triples = triples();
    CompactGraphBuilder builder = new CompactGraphBuilder();
    triples.forEach(triple -> builder.addTriple(triple[0], triple[1], triple[2]));
    CompactGraph local = builder.build();
    URI name = Fuseki.store(triples);
    int found = 0;
    for (int hops = 1; hops <= 4; hops++) {
      for (int to = 1; to < 4; to++) {
        List<KnowledgePath> expected = paths(local, new BruteForcePathExtractor(), 0, to, hops);
        try (SparqlKnowledgeGraph graph = Fuseki.graph(name).build();
            SparqlKnowledgeGraph paged =
                Fuseki.graph(name)
                    .pageSize(3)
                    .options(RemoteOptions.defaults().withBatchSize(2))
                    .build()) {
          assertThat(paths(graph, new ExactPathExtractor(), 0, to, hops)).isEqualTo(expected);
          assertThat(graph.statistics().arcRequests()).isLessThanOrEqualTo(hops);
          assertThat(graph.statistics().lookupRequests()).isEqualTo(1);
          assertThat(graph.httpRequests()).isEqualTo(graph.statistics().requests());
          assertThat(paths(paged, new ExactPathExtractor(), 0, to, hops)).isEqualTo(expected);
          assertThat(paged.httpRequests()).isGreaterThanOrEqualTo(graph.httpRequests());
        }
        found += expected.size();
      }
    }
    assertThat(found).isGreaterThan(50);
  }
}
