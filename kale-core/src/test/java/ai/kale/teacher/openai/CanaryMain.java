package ai.kale.teacher.openai;

import ai.kale.spi.TeacherModel;
import ai.kale.spi.TeacherModel.Prompt;
import ai.kale.tck.ChatCompletionsServer;
import ai.kale.tck.ChatReply;
import ai.kale.tck.ServerFault;
import ai.kale.tck.ServerFaults;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Takes a teacher with a key through everything that can go wrong, at the finest level of every
 * log, and prints all that a user could see: failures with their stack traces, ids, texts.
 */
final class CanaryMain {
  private static final Prompt PROMPT = new Prompt("Be brief.", "Who?", 16, 0);

  private final String key;
  private int shown;

  private CanaryMain(String key) {
    this.key = key;
  }

  /** Prints how many things were shown, last. The first argument is the key. */
  public static void main(String[] args) throws IOException {
    Logger root = Logger.getLogger("");
    root.setLevel(Level.ALL);
    Arrays.stream(root.getHandlers()).forEach(root::removeHandler);
    Handler console = new ConsoleHandler();
    console.setLevel(Level.ALL);
    root.addHandler(console);
    CanaryMain main = new CanaryMain(args[0]);
    main.faults();
    main.answers();
    main.wrongOptions();
    main.unreachable();
    main.batches(Path.of(args[1]));
    System.out.println("shown " + main.shown);
  }

  private OpenAiTeacherBuilder builder(String url) {
    return OpenAiTeacher.builder(url, "tiny-1")
        .key(ApiKey.of(key))
        .header("X-Api-Token", key + "-2")
        .timeout(Duration.ofSeconds(20));
  }

  private void show(Supplier<Object> action) {
    shown++;
    try {
      System.out.println(action.get());
    } catch (RuntimeException e) {
      e.printStackTrace(System.out);
    }
  }

  private void ask(OpenAiTeacherBuilder builder) {
    show(() -> builder);
    show(builder::build);
    show(() -> builder.build().id());
    show(() -> builder.build().reply(PROMPT));
    show(() -> builder.build().replyAsync(PROMPT, Runnable::run).join());
  }

  private void faults() {
    for (ServerFault fault : ServerFault.values()) {
      try (ChatCompletionsServer server =
          ChatCompletionsServer.start(request -> "You sent " + request.headers())
              .faults(ServerFaults.none().with(fault, 1))
              .slowBodies(Duration.ofMillis(80))) {
        ask(builder(server.baseUrl().toString()));
      }
    }
  }

  private void answers() {
    String coded =
        Base64.getEncoder().encodeToString(("Bearer " + key).getBytes(StandardCharsets.UTF_8));
    String unicode = key.replace("-", "\\u002d");
    List<String> bodies =
        List.of(
            key,
            "Authorization: Bearer " + key + " ".repeat(500) + key,
            "\"" + key,
            "a".repeat(240) + key,
            "{\"a\": \"" + key.substring(0, key.length() - 3),
            key.substring(0, 14),
            "{\"choices\": [{\"message\": {\"content\": " + key + "}}]}",
            "{\"error\": {\"message\": \""
                + key
                + " "
                + unicode
                + "\", \"code\": \""
                + key
                + "\"}}",
            "{\"error\": \"" + coded + "\"}",
            ChatCompletionsServer.completion(key, "Your key is " + key + ", " + coded, 1, 1),
            "{\"choices\": [{\"message\": {\"content\": \"" + unicode + "\"}}]}");
    try (ChatCompletionsServer server = ChatCompletionsServer.start(request -> "unused")) {
      for (String body : bodies) {
        for (int status : new int[] {200, 302, 400, 401, 403, 404, 407, 413, 418, 429, 500}) {
          Map<String, String> headers =
              Map.of("Location", "http://" + key + "/", "Retry-After", key);
          server.next(new ChatReply(status, headers, body));
          show(() -> builder(server.baseUrl().toString()).build().reply(PROMPT));
        }
      }
    }
  }

  private void wrongOptions() {
    for (String url :
        List.of(
            "http://" + key + "@127.0.0.1/v1",
            "http://127.0.0.1:99999999/" + key,
            "http://a b/" + key,
            key,
            key + "://host/v1",
            "http://" + key + "/v1",
            "http://127.0.0.1:1/v1?key=" + key,
            "http://127.0.0.1:1/" + key + "/v1")) {
      ask(builder(url));
    }
    show(() -> OpenAiTeacher.builder("http://127.0.0.1:1", key).key(ApiKey.of(key)).build());
    for (String wrong : List.of(key + "\n", key + " x", key + "\u0000", "ä" + key)) {
      show(() -> ApiKey.of(wrong));
      show(() -> builder("http://127.0.0.1:1").header("X-Other", wrong + "\r\n"));
      show(() -> builder("http://127.0.0.1:1").header(wrong, "x"));
    }
    show(() -> ApiKey.of(key));
    show(() -> ApiKey.fromEnvironment(key));
    show(() -> ApiKey.fromFile(Path.of(key)));
    for (String name :
        List.of(
            "api-key-env",
            "api-key-file",
            "base-url",
            "seed",
            "timeout-seconds",
            "token-limit-field",
            "send-temperature",
            key)) {
      show(() -> provided(Map.of("model", "m", name, key)));
    }
    show(() -> provided(Map.of("model", "m", "api-key", key)));
    show(() -> provided(Map.of("model", "m", "api-key", key, "api-key-file", key)));
  }

  private static TeacherModel provided(Map<String, String> settings) {
    return new OpenAiTeacherProvider().create(settings);
  }

  private void unreachable() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    ask(builder("http://127.0.0.1:" + free + "/v1"));
    ask(builder("http://no-such-host.invalid/v1"));
    ask(builder("https://127.0.0.1:" + free + "/v1"));
    try (ChatCompletionsServer server = ChatCompletionsServer.start(request -> "unused")) {
      ask(builder("https://127.0.0.1:" + server.port() + "/v1").timeout(Duration.ofSeconds(2)));
      HttpClient.Builder client = HttpClient.newBuilder();
      for (int port : new int[] {free, server.port()}) {
        server.next(new ChatReply(407, Map.of("Proxy-Authenticate", "Basic realm=" + key), key));
        HttpClient proxied =
            client
                .proxy(
                    ProxySelector.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)))
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        show(() -> builder("http://192.0.2.1/v1").httpClient(proxied).build().reply(PROMPT));
        show(() -> builder("https://192.0.2.1/v1").httpClient(proxied).build().reply(PROMPT));
      }
    }
  }

  private void batches(Path folder) {
    show(
        () -> {
          OpenAiTeacher teacher = builder("https://api.openai.com/v1").extra("user", "me").build();
          List<BatchRequest> requests = List.of(new BatchRequest("q1", PROMPT));
          Path file = BatchFiles.of(teacher).write(folder, "b", requests).get(0);
          try {
            return Files.readString(file);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}
