package consumer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.PathQuery;
import ai.kale.PathResult;
import ai.kale.kg.path.ExactPathExtractor;
import ai.kale.kg.path.KnowledgePaths;
import ai.kale.kg.remote.RemoteOptions;
import ai.kale.kg.remote.RemoteStatistics;
import java.net.http.HttpClient;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@link RestGraph} makes of odd ids, and what a search over it costs. */
class RestGraphTest {
  @Test
  void anIdIsNeverSeveralIds() {
    List<String[]> triples = List.<String[]>of(new String[] {"a", "r", "b"});
    try (TripleService service = new TripleService();
        RestGraph graph =
            new RestGraph(
                HttpClient.newHttpClient(), service.serve(triples), RemoteOptions.defaults())) {
      for (String odd : List.of("r\ns", "s\nr", "r\n", "r\tr", "r\r", "s")) {
        assertThat(graph.relation(odd)).isEmpty();
      }
      assertThat(graph.relationCount()).isZero();
      assertThat(graph.relation("r")).hasValue(0);
      assertThat(graph.entities(List.of("a\nb", "a", "b\t", "\n", "b")))
          .containsExactly(-1, 0, -1, -1, 1);
    }
  }

  @Test
  void twoHopsAreTwoRequests() {
    List<String[]> triples =
        List.of(
            new String[] {"Marie_Curie", "birthplace", "Warsaw"},
            new String[] {"Warsaw", "country", "Poland"});
    try (TripleService service = new TripleService();
        RestGraph graph =
            new RestGraph(
                HttpClient.newHttpClient(), service.serve(triples), RemoteOptions.defaults())) {
      int[] ends = graph.entities(List.of("Marie_Curie", "Poland"));
      PathQuery query = PathQuery.between(new int[] {ends[0]}, new int[] {ends[1]}).withMaxHops(2);
      PathResult result = new ExactPathExtractor().extract(graph, query);
      assertThat(KnowledgePaths.resolve(graph, result.paths().get(0)).signature())
          .isEqualTo("birthplace/country");
      RemoteStatistics cost = graph.statistics();
      assertThat(cost.lookupRequests()).isEqualTo(1); // both ids at once
      assertThat(cost.arcRequests()).isEqualTo(2); // one a hop
    }
  }
}
