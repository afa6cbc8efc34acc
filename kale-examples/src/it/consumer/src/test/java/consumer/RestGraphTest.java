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

/** What a search over {@link RestGraph} costs. */
class RestGraphTest {
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
