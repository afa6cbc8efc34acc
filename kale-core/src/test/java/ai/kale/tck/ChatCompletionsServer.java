package ai.kale.tck;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * An OpenAI-compatible server on the loopback interface that goes wrong as it is told to: for tests
 * of teachers and of what stands around them. It keeps connections alive, and counts requests,
 * whole replies and when requests came. Tokens are characters / 4, rounded up.
 */
public final class ChatCompletionsServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ServerSocket listener;
  private final ExecutorService threads;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final Function<ChatRequest, String> script;
  private final ServerStatistics statistics = new ServerStatistics();
  private final Queue<ChatReply> scripted = new ConcurrentLinkedQueue<>();
  private final Queue<ChatRequest> received = new ConcurrentLinkedQueue<>();
  private volatile ServerFaults faults = ServerFaults.none();
  private volatile Duration latency = Duration.ZERO;
  private volatile Duration slow = Duration.ofMillis(400);
  private volatile boolean remember;

  private ChatCompletionsServer(Function<ChatRequest, String> script, int port) throws IOException {
    this.script = script;
    this.listener = new ServerSocket(port, 1000, InetAddress.getLoopbackAddress());
    this.threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "chat-server");
              thread.setDaemon(true);
              return thread;
            });
    threads.execute(this::accept);
  }

  /**
   * Starts a server on a free port.
   *
   * @param script the text of the reply to a request
   * @return the server; close it
   */
  public static ChatCompletionsServer start(Function<ChatRequest, String> script) {
    try {
      return new ChatCompletionsServer(script, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Goes wrong from now on.
   *
   * @param those which requests, and how
   * @return this server
   */
  public ChatCompletionsServer faults(ServerFaults those) {
    faults = those;
    return this;
  }

  /**
   * Takes time for each reply.
   *
   * @param most drawn uniformly from half of this to this
   * @return this server
   */
  public ChatCompletionsServer latency(Duration most) {
    latency = most;
    return this;
  }

  /**
   * Says how long a slow body takes; 400 ms unless told.
   *
   * @param time from its first byte to its last
   * @return this server
   */
  public ChatCompletionsServer slowBodies(Duration time) {
    slow = time;
    return this;
  }

  /**
   * Keeps all requests, for {@link #received}.
   *
   * @return this server
   */
  public ChatCompletionsServer remembering() {
    remember = true;
    return this;
  }

  /**
   * Answers the next request with this, whatever it asks; several are used in order.
   *
   * @param reply sent as it is
   * @return this server
   */
  public ChatCompletionsServer next(ChatReply reply) {
    scripted.add(reply);
    return this;
  }

  /** The base URL, with {@code /v1}. */
  public URI baseUrl() {
    return URI.create("http://127.0.0.1:" + port() + "/v1");
  }

  /** The port on 127.0.0.1. */
  public int port() {
    return listener.getLocalPort();
  }

  /** What was seen and done so far. */
  public ServerStatistics statistics() {
    return statistics;
  }

  /** The requests, where {@link #remembering}, in the order they came. */
  public Queue<ChatRequest> received() {
    return received;
  }

  /**
   * A reply as the API has it.
   *
   * @param model named in it
   * @param text what the model wrote
   * @param promptTokens tokens read
   * @param completionTokens tokens written
   */
  public static String completion(
      String model, String text, long promptTokens, long completionTokens) {
    ObjectNode body = JSON.createObjectNode();
    body.put("id", "chatcmpl-1").put("object", "chat.completion").put("model", model);
    ObjectNode choice = body.putArray("choices").addObject().put("index", 0);
    choice.putObject("message").put("role", "assistant").put("content", text);
    choice.put("finish_reason", "stop");
    body.putObject("usage")
        .put("prompt_tokens", promptTokens)
        .put("completion_tokens", completionTokens)
        .put("total_tokens", promptTokens + completionTokens);
    return body.toString();
  }

  /**
   * An error as the API has it.
   *
   * @param message what went wrong
   * @param code short name of it
   */
  public static String error(String message, String code) {
    ObjectNode body = JSON.createObjectNode();
    body.putObject("error").put("message", message).put("type", code).put("code", code);
    return body.toString();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        socket.setTcpNoDelay(true);
        sockets.add(socket);
        threads.execute(() -> serve(socket));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      ChatConnection connection = new ChatConnection(socket);
      for (Optional<ChatRequest> request = connection.next();
          request.isPresent() && !socket.isClosed();
          request = socket.isClosed() ? Optional.empty() : connection.next()) {
        answer(connection, request.get());
      }
    } catch (IOException | InterruptedException e) {
      // The client has gone, or the server is closing: nothing is left to be said.
    } finally {
      sockets.remove(socket);
    }
  }

  private void answer(ChatConnection connection, ChatRequest request)
      throws IOException, InterruptedException {
    long arrived = System.nanoTime();
    if (remember) {
      received.add(request);
    }
    ChatReply canned = scripted.poll();
    if (canned != null) {
      statistics.arrived(request.promptHash(), arrived, 0);
      connection.send(canned);
      return;
    }
    new ChatAnswer(request, script.apply(request), faults, statistics, arrived)
        .send(connection, latency, slow);
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      threads.shutdownNow();
    }
  }

  /**
   * A server in a process of its own, for tests that kill: prints its port, answers with the user
   * message in capitals, and ends with its standard input, printing its statistics.
   *
   * @param args seed of {@link ServerFaults#badDay}; none for no faults
   * @throws IOException if standard input cannot be read
   */
  public static void main(String[] args) throws IOException {
    try (ChatCompletionsServer server = start(request -> request.user().toUpperCase(Locale.ROOT))) {
      if (args.length > 0) {
        server.faults(ServerFaults.badDay(Long.parseLong(args[0])));
      }
      System.out.println(server.port());
      while (System.in.read() >= 0) {
        // until whoever started it lets go
      }
      System.out.println(server.statistics());
    }
  }
}
