package ai.kale.kg.sparql;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An endpoint on loopback that answers what it was told to, in order. */
final class ScriptedServer implements AutoCloseable {
  /** What to do with one request. */
  @FunctionalInterface
  interface Step {
    void answer(HttpExchange exchange) throws IOException;
  }

  static final String NO_ROWS = "{\"head\":{\"vars\":[]},\"results\":{\"bindings\":[]}}";

  final List<String> authorizations = new CopyOnWriteArrayList<>();
  final List<String> bodies = new CopyOnWriteArrayList<>();
  final List<String> agents = new CopyOnWriteArrayList<>();
  private final Deque<Step> steps = new ArrayDeque<>();
  private final HttpServer server;
  private volatile Step otherwise = ok(NO_ROWS);

  ScriptedServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    agents.add(String.valueOf(exchange.getRequestHeaders().getFirst("User-Agent")));
    bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    Step step;
    synchronized (steps) {
      step = steps.isEmpty() ? otherwise : steps.remove();
    }
    step.answer(exchange);
    exchange.close();
  }

  ScriptedServer then(Step step) {
    synchronized (steps) {
      steps.add(step);
    }
    return this;
  }

  ScriptedServer then(int status, String body, String... headers) {
    return then(answer(status, body, headers));
  }

  /** What to do when the script is at its end, instead of sending no rows. */
  ScriptedServer otherwise(Step step) {
    otherwise = step;
    return this;
  }

  /** The query that was asked last. */
  String query() {
    String form = bodies.get(bodies.size() - 1);
    return URLDecoder.decode(form.substring("query=".length()), StandardCharsets.UTF_8);
  }

  static Step ok(String body) {
    return answer(200, body, "Content-Type", "application/sparql-results+json");
  }

  static Step answer(int status, String body, String... headers) {
    return exchange -> {
      for (int i = 0; i < headers.length; i += 2) {
        exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
      }
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    };
  }

  /** Rows of {@code e}, one for each IRI. */
  static String entities(String... iris) {
    List<String> rows =
        List.of(iris).stream()
            .map(iri -> "{\"e\":{\"type\":\"uri\",\"value\":\"" + iri + "\"}}")
            .toList();
    return "{\"head\":{\"vars\":[\"e\"]},\"results\":{\"bindings\":["
        + String.join(",", rows)
        + "]}}";
  }

  URI endpoint() {
    return URI.create("http://localhost:" + server.getAddress().getPort() + "/sparql?key=k123");
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
