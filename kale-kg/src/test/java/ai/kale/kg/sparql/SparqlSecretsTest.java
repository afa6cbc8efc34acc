package ai.kale.kg.sparql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Servers that repeat what must not be seen: in no message, no cause and no log. */
class SparqlSecretsTest {
  private static final String TOKEN = "sesame-0PEN.eyJzdWIi";
  private static final String KEY = "k/y+s3cr3t&x";
  private static final String CODED = "k%2Fy%2Bs3cr3t%26x";
  private static final String ID = "http://e/a";
  private static final Pause NO_PAUSE =
      new Pause() {
        @Override
        public Instant now() {
          return Instant.EPOCH;
        }

        @Override
        public void sleep(Duration time) {}

        @Override
        public double random() {
          return 0;
        }
      };

  private final ScriptedServer server = new ScriptedServer();
  private final PrintStream original = System.err;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  @BeforeEach
  void catchTheLog() {
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void stop() {
    System.setErr(original);
    server.close();
  }

  private URI endpoint() {
    return URI.create(
        server.endpoint().toString().replaceFirst("\\?.*", "?apikey=" + CODED + "&pin=7a"));
  }

  private SparqlKnowledgeGraphBuilder builder() {
    return SparqlKnowledgeGraph.builder(endpoint()).bearerToken(TOKEN).pause(NO_PAUSE);
  }

  /** All that a user may see of a failure: messages, causes, suppressed ones, and the log. */
  private String seen(SparqlKnowledgeGraphBuilder builder) {
    try (SparqlKnowledgeGraph graph = builder.attempts(2).build()) {
      Throwable thrown = catchThrowable(() -> graph.entity(ID));
      assertThat(thrown).isNotNull();
      StringWriter text = new StringWriter();
      thrown.printStackTrace(new PrintWriter(text));
      return text + log.toString(StandardCharsets.UTF_8) + graph + graph.snapshot();
    }
  }

  private static void holdsNoSecret(String seen) {
    assertThat(seen.toLowerCase(Locale.ROOT))
        .doesNotContain("sesame")
        .doesNotContain("0pen")
        .doesNotContain("eyjzdwii")
        .doesNotContain("s3cr3t")
        .doesNotContain("pin=7a");
  }

  private static final String ECHO =
      "bad request for /q?apikey="
          + CODED
          + "&pin=7a or "
          + CODED.toLowerCase(Locale.ROOT)
          + ", "
          + KEY
          + ", "
          + KEY.replace("&", "&amp;")
          + ", "
          + KEY.replace("/", "\\/")
          + " with Bearer "
          + TOKEN;

  @Test
  void aRefusedQuery() {
    server.then(400, ECHO);
    String seen = seen(builder());
    assertThat(seen).contains("bad request for").contains("SELECT ?e");
    holdsNoSecret(seen);
  }

  @Test
  void aBusyServer() {
    server.then(503, ECHO).then(503, ECHO);
    String seen = seen(builder());
    assertThat(log.toString(StandardCharsets.UTF_8)).contains("HTTP 503: bad request for");
    holdsNoSecret(seen);
  }

  @Test
  void anAnswerThatIsNoJson() {
    for (String secret : List.of(TOKEN, CODED, ECHO, "{\"head\":" + TOKEN, "[\"" + TOKEN)) {
      server.then(ScriptedServer.ok(secret)).then(ScriptedServer.ok(secret));
      String seen = seen(builder());
      assertThat(log.toString(StandardCharsets.UTF_8)).contains("damaged or cut short");
      holdsNoSecret(seen);
    }
  }

  @Test
  void aTokenLongerThanAParserShows() {
    String token = "x".repeat(300) + "sesame".repeat(100);
    server.then(ScriptedServer.ok(token)).then(ScriptedServer.ok(token));
    String seen = seen(SparqlKnowledgeGraph.builder(endpoint()).bearerToken(token).pause(NO_PAUSE));
    assertThat(seen).contains("no JSON at line 1").doesNotContain("xxx");
    holdsNoSecret(seen);
  }

  @Test
  void jsonThatIsNoResult() {
    server.then(ScriptedServer.ok("{\"message\":\"" + ECHO + "\"}"));
    String seen = seen(builder());
    assertThat(seen).contains("no SPARQL result: {\"message\":\"bad request for");
    holdsNoSecret(seen);
  }

  @Test
  void rowsThatWereNotAskedFor() {
    server.then(
        ScriptedServer.ok(
            ScriptedServer.entities(ID)
                .replace("\"e\"", "\"x\"")
                .replace("[]", "[\"" + TOKEN + "\"]")));
    String seen = seen(builder());
    assertThat(seen).contains("a row without e");
    holdsNoSecret(seen);
  }

  @Test
  void headersOfAnAnswer() {
    server
        .then(200, "x", "Content-Type", "text/" + TOKEN)
        .then(307, "", "Location", "http://ann:" + TOKEN + "@host/" + TOKEN + "/" + CODED)
        .then(206, "x", "Content-Type", "application/json", "X-SQL-Message", ECHO);
    for (String text : List.of("instead of SPARQL results", "redirects to", "a part of")) {
      String seen = seen(builder());
      assertThat(seen).contains(text);
      holdsNoSecret(seen);
    }
  }

  @Test
  void anAnswerThatIsNoHttp() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread thread = new Thread(() -> repeat(socket), "no-http");
      thread.start();
      URI place = URI.create("http://localhost:" + socket.getLocalPort() + "/q?apikey=" + CODED);
      String seen = seen(SparqlKnowledgeGraph.builder(place).bearerToken(TOKEN).pause(NO_PAUSE));
      assertThat(seen).contains("the connection to http://localhost").contains("***");
      holdsNoSecret(seen);
      thread.join();
    }
  }

  private static void repeat(ServerSocket socket) {
    for (int i = 0; i < 2; i++) {
      try (Socket client = socket.accept()) {
        client.getInputStream().read(new byte[1000]);
        client
            .getOutputStream()
            .write(
                ("YOU SENT " + TOKEN + " " + CODED + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        return; // The test fails by what it does not see.
      }
    }
  }

  @Test
  void basicAuthentication() {
    server.then(400, "Basic QW5uOnA6d29yZA== is Ann:p:word, not p:word");
    String seen =
        seen(
            SparqlKnowledgeGraph.builder(endpoint())
                .basicAuthentication("Ann", "p:word")
                .pause(NO_PAUSE));
    assertThat(seen).contains("Basic *** is ***, not ***").doesNotContain("p:word");
  }

  @Test
  void shortSecretsHideWholeWordsOnly() {
    Secrets secrets =
        Secrets.of(URI.create("http://h/q?a=1&b=abc&flag"), Credentials.basic("u", "abcdef"));
    assertThat(secrets.redact("a=1, 11, abc, abcd, abcdef, q?a=1&b=abc&flag, flags"))
        .isEqualTo("a=***, 11, ***, abcd, ***, q?***, ***s");
    assertThat(secrets).hasToString("***");
    assertThat(secrets.redact(new IOException("fine"))).hasMessage("fine");
    assertThat(secrets.redact(new IOException("x", new IOException("is abcdef"))))
        .hasMessage("java.io.IOException: x")
        .hasNoCause();
  }

  @Test
  void addressesThatAreNotFoundOrRefused() {
    server.then(404, ECHO).then(401, ECHO).then(413, ECHO).then(500, ECHO);
    for (String status : List.of("HTTP 404", "HTTP 401", "HTTP 413", "HTTP 500")) {
      String seen = seen(builder());
      assertThat(seen).contains(status);
      holdsNoSecret(seen);
    }
    holdsNoSecret(Credentials.bearer(TOKEN).toString());
  }
}
