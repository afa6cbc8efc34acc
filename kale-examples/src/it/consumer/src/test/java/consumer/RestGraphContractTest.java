package consumer;

import ai.kale.KnowledgeGraph;
import ai.kale.kg.remote.RemoteOptions;
import ai.kale.tck.KnowledgeGraphContract;
import java.net.http.HttpClient;
import java.util.List;

/** Everything a knowledge graph must do, for {@link RestGraph}. */
class RestGraphContractTest extends KnowledgeGraphContract {
  private static final TripleService SERVICE = new TripleService();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @Override
  protected KnowledgeGraph create(List<String[]> triples) {
    return new RestGraph(CLIENT, SERVICE.serve(triples), RemoteOptions.defaults());
  }
}
