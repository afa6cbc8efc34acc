package consumer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The web service that {@link RestGraph} asks: any number of lists of triples, on loopback. */
final class TripleService implements AutoCloseable {
  static {
    // The JDK's server otherwise waits 40 ms with each small answer.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final Map<String, List<String[]>> graphs = new ConcurrentHashMap<>();
  private final HttpServer server;

  TripleService() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.start();
  }

  /** Serves triples at an address of their own. */
  URI serve(List<String[]> triples) {
    String name = "g" + graphs.size();
    graphs.put(name, triples);
    return URI.create("http://localhost:" + server.getAddress().getPort() + "/" + name + "/");
  }

  private void handle(HttpExchange exchange) throws IOException {
    String[] path = exchange.getRequestURI().getPath().split("/");
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    List<String[]> triples = graphs.getOrDefault(path[1], List.of());
    StringBuilder rows = new StringBuilder();
    answer(path[2], triples, new HashSet<>(body.lines().toList()))
        .forEach(row -> rows.append(row).append('\n'));
    byte[] bytes = rows.toString().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static Stream<String> answer(String what, List<String[]> triples, Set<String> ids) {
    return switch (what) {
      case "of-subjects" -> having(triples, 0, ids).map(triple -> String.join("\t", triple));
      case "of-objects" -> having(triples, 2, ids).map(triple -> String.join("\t", triple));
      case "relations" -> having(triples, 1, ids).map(triple -> triple[1]).distinct();
      case "entities" ->
          Stream.concat(
                  having(triples, 0, ids).map(triple -> triple[0]),
                  having(triples, 2, ids).map(triple -> triple[2]))
              .distinct();
      case "version" -> Stream.of(triples.size() + " triples");
      default -> throw new IllegalArgumentException(what);
    };
  }

  private static Stream<String[]> having(List<String[]> triples, int column, Set<String> ids) {
    return triples.stream().filter(triple -> ids.contains(triple[column]));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
