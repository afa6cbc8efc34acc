package consumer;

import ai.kale.Direction;
import ai.kale.error.SetupException;
import ai.kale.kg.remote.ArcSink;
import ai.kale.kg.remote.RemoteKnowledgeGraph;
import ai.kale.kg.remote.RemoteOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A graph behind a small web service, the first example of {@code docs/custom-adapter.md}. The
 * service takes ids, one a line, and answers rows of tab-separated columns.
 */
final class RestGraph extends RemoteKnowledgeGraph {
  private final HttpClient client;
  private final URI service;

  RestGraph(HttpClient client, URI service, RemoteOptions options) {
    super(options);
    this.client = client;
    this.service = service;
  }

  @Override
  protected void fetchArcs(List<String> ids, Direction direction, ArcSink sink)
      throws IOException, InterruptedException {
    Map<String, Integer> positions = new HashMap<>();
    ids.forEach(id -> positions.put(id, positions.size()));
    if (direction.includesForward()) {
      for (String[] triple : ask("of-subjects", ids)) {
        sink.arc(positions.get(triple[0]), triple[1], false, triple[2]);
      }
    }
    if (direction.includesBackward()) {
      for (String[] triple : ask("of-objects", ids)) {
        sink.arc(positions.get(triple[2]), triple[1], true, triple[0]);
      }
    }
  }

  @Override
  protected Set<String> findEntities(List<String> ids) throws IOException, InterruptedException {
    return ask("entities", ids).stream().map(row -> row[0]).collect(Collectors.toSet());
  }

  @Override
  protected boolean findRelation(String id) throws IOException, InterruptedException {
    return ask("relations", List.of(id)).stream().anyMatch(row -> row[0].equals(id));
  }

  @Override
  protected String fetchSnapshot() throws IOException, InterruptedException {
    return "rest:" + ask("version", List.of()).get(0)[0];
  }

  private List<String[]> ask(String what, List<String> ids)
      throws IOException, InterruptedException {
    List<String> lines = ids.stream().filter(RestGraph::isOneField).toList();
    HttpRequest request =
        HttpRequest.newBuilder(service.resolve(what))
            .timeout(Duration.ofSeconds(30))
            .POST(HttpRequest.BodyPublishers.ofString(String.join("\n", lines)))
            .build();
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() >= 500) {
      throw new IOException(request.uri() + " answered HTTP " + response.statusCode());
    }
    if (response.statusCode() != 200) {
      throw new SetupException(
          request.uri() + " answered HTTP " + response.statusCode() + "; mend the address");
    }
    return response.body().lines().map(row -> row.split("\t")).toList();
  }

  /** An id with a line end or a tab would be several ids; the service has none of this kind. */
  private static boolean isOneField(String id) {
    return id.chars().noneMatch(c -> c == '\n' || c == '\r' || c == '\t');
  }
}
