package ai.kale.kg.sparql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.kale.Direction;
import ai.kale.error.OperationCancelledException;
import ai.kale.error.SetupException;
import ai.kale.error.TransientFailureException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Waiting, giving up and refusing, against a server that misbehaves as told. */
class SparqlFailuresTest {
  private static final String ID = "http://e/a";

  private final ScriptedServer server = new ScriptedServer();
  private final List<Duration> waits = new ArrayList<>();
  private final Pause pause =
      new Pause() {
        @Override
        public Instant now() {
          return Instant.parse("2026-11-22T12:00:00Z");
        }

        @Override
        public void sleep(Duration time) {
          waits.add(time);
        }

        @Override
        public double random() {
          return 0;
        }
      };

  @AfterEach
  void stop() {
    server.close();
  }

  private SparqlKnowledgeGraphBuilder builder() {
    return SparqlKnowledgeGraph.builder(server.endpoint()).pause(pause);
  }

  private static void finds(SparqlKnowledgeGraph graph) {
    assertThat(graph.entity(ID)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 502, 503, 504})
  void busyServersAreAskedAgainWithGrowingWaits(int status) {
    server
        .then(status, "busy")
        .then(status, "busy")
        .then(ScriptedServer.ok(ScriptedServer.entities(ID)));
    try (SparqlKnowledgeGraph graph = builder().build()) {
      finds(graph);
      assertThat(waits).containsExactly(Duration.ofMillis(250), Duration.ofMillis(500));
      assertThat(graph.httpRequests()).isEqualTo(3);
      assertThat(graph.statistics().requests()).isEqualTo(1);
    }
  }

  @Test
  void theServersOwnWaitIsKept() {
    server
        .then(429, "", "Retry-After", "7")
        .then(503, "", "Retry-After", "Sun, 22 Nov 2026 12:00:45 GMT")
        .then(503, "", "Retry-After", "soon")
        .then(ScriptedServer.ok(ScriptedServer.entities(ID)));
    try (SparqlKnowledgeGraph graph = builder().build()) {
      finds(graph);
      assertThat(waits)
          .containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(45), Duration.ofSeconds(1));
    }
  }

  @Test
  void aWaitBeyondTheLongestIsNotTaken() {
    server.then(429, "quota", "Retry-After", "3600");
    try (SparqlKnowledgeGraph graph = builder().build()) {
      assertThatThrownBy(() -> graph.entity(ID))
          .isInstanceOf(TransientFailureException.class)
          .hasMessageContaining("HTTP 429: quota")
          .hasMessageContaining("3600 s");
      assertThat(waits).isEmpty();
      server.then(ScriptedServer.ok(ScriptedServer.entities(ID)));
      finds(graph); // works afterwards
    }
  }

  @Test
  void attemptsEnd() {
    for (int i = 0; i < 3; i++) {
      server.then(503, "down");
    }
    try (SparqlKnowledgeGraph graph = builder().attempts(3).build()) {
      assertThatThrownBy(() -> graph.entity(ID))
          .isInstanceOf(TransientFailureException.class)
          .hasMessageContaining("gave up after 3 attempts");
      assertThat(waits).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{\"head\":{},\"results\":{\"bindings\":[{\"e\":{\"type\":\"uri\",\"value\":\"http://e/a\"}}",
        "{\"head\":{},\"results\":{\"bindings\":[{\"e\":{\"type\":\"uri\"",
        "{\"head\":{},\"results\":{\"bindings\":[]}",
        "{\"head\":{},\"results\":{\"bindings\":[]}}\nERROR: query timed out",
        "{\"head\":{},\"results\":{\"bindings\":[ERROR",
        "{\"head\":{},\"results\":{\"bindings\":[7,",
        "[7",
        "\u0000\u0000"
      })
  void anAnswerThatIsNotWholeIsNoAnswer(String body) {
    server.then(ScriptedServer.ok(body)).then(ScriptedServer.ok(body));
    try (SparqlKnowledgeGraph graph = builder().attempts(2).build()) {
      assertThatThrownBy(() -> graph.entity(ID))
          .isInstanceOf(TransientFailureException.class)
          .hasMessageContaining("damaged or cut short");
      assertThat(waits).hasSize(1);
      server.then(ScriptedServer.ok(ScriptedServer.entities(ID)));
      finds(graph);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"head\":{}}",
        "{\"head\":{},\"boolean\":true}",
        "{\"head\":{},\"results\":{}}",
        "{\"head\":{},\"results\":{\"bindings\":[7]}}",
        "{\"head\":{},\"results\":{\"bindings\":[{\"e\":7}]}}",
        "{\"error\":\"no such data set\"}",
        "[]"
      })
  void otherJsonIsNotAskedForAgain(String body) {
    server.then(ScriptedServer.ok(body));
    try (SparqlKnowledgeGraph graph = builder().build()) {
      assertThatThrownBy(() -> graph.entity(ID))
          .isInstanceOf(SetupException.class)
          .hasMessageContaining("no SPARQL result: " + body);
      assertThat(graph.httpRequests()).isEqualTo(1);
    }
  }

  @Test
  void anArcWithoutAPredicateIsNoAnswer() {
    String row =
        "{\"i\":{\"value\":\"0\"},\"p\":{\"value\":null},\"o\":{\"type\":\"uri\",\"value\":\"http://e/b\"}}";
    server
        .then(ScriptedServer.ok(ScriptedServer.entities(ID)))
        .then(ScriptedServer.ok("{\"results\":{\"bindings\":[" + row + "]}}"));
    try (SparqlKnowledgeGraph graph = builder().build()) {
      int[] frontier = graph.entities(List.of(ID));
      assertThatThrownBy(
              () -> graph.expand(frontier, Direction.FORWARD, (i, r, inverse, n, weight) -> true))
          .isInstanceOf(SetupException.class)
          .hasMessageContaining("p is no IRI");
    }
  }

  @Test
  void aConnectionThatEndsWithinTheBodyIsTriedAgain() {
    server
        .then(
            exchange -> {
              exchange.getResponseHeaders().add("Content-Type", "application/json");
              exchange.sendResponseHeaders(200, 1000);
              exchange.getResponseBody().write("{".getBytes(StandardCharsets.UTF_8));
              exchange.getResponseBody().flush();
              throw new IOException("cut");
            })
        .then(ScriptedServer.ok(ScriptedServer.entities(ID)));
    try (SparqlKnowledgeGraph graph = builder().build()) {
      finds(graph);
      assertThat(waits).hasSize(1);
    }
  }

  @Test
  void nobodyListensIsATransientFailure() {
    URI endpoint = server.endpoint();
    server.close();
    try (SparqlKnowledgeGraph graph =
        SparqlKnowledgeGraph.builder(endpoint).pause(pause).attempts(2).build()) {
      assertThatThrownBy(() -> graph.entity(ID))
          .isInstanceOf(TransientFailureException.class)
          .hasMessageContaining("the connection to http://localhost");
      assertThat(waits).hasSize(1);
    }
  }

  @Test
  void theRequestTimeoutIncludesTheBody() {
    CountDownLatch over = new CountDownLatch(1);
    server.then(
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write("{".getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().flush();
          await(over);
        });
    try (SparqlKnowledgeGraph graph = builder().requestTimeout(Duration.ofMillis(300)).build()) {
      assertThatThrownBy(() -> graph.entity(ID))
          .isInstanceOf(TransientFailureException.class)
          .hasMessageContaining("PT0.3S");
    } finally {
      over.countDown();
    }
  }

  @Test
  void anInterruptEndsTheWaitForAnAnswer() {
    CountDownLatch over = new CountDownLatch(1);
    Thread asking = Thread.currentThread();
    server.then(
        exchange -> {
          asking.interrupt();
          await(over);
        });
    try (SparqlKnowledgeGraph graph = builder().build()) {
      assertThatThrownBy(() -> graph.entity(ID)).isInstanceOf(OperationCancelledException.class);
      assertThat(Thread.interrupted()).isTrue();
    } finally {
      over.countDown();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aPartOfAnAnswerIsAnError() {
    String part = ScriptedServer.entities(ID);
    server
        .then(206, part, "Content-Type", "application/json", "X-SQL-Message", "anytime query")
        .then(200, part, "Content-Type", "application/json", "X-SQL-State", "S1TAT");
    try (SparqlKnowledgeGraph graph = builder().build()) {
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> graph.entity(ID))
            .isInstanceOf(TransientFailureException.class)
            .hasMessageContaining("a part of the answer");
      }
    }
  }

  @Test
  void aRefusedQueryIsShownWithTheServersWords() {
    server.then(400, "Parse error:\n\u0007 line 1" + "!".repeat(2000));
    try (SparqlKnowledgeGraph graph = builder().build()) {
      Throwable thrown = catchThrowable(() -> graph.entity(ID));
      assertThat(thrown)
          .isInstanceOf(SetupException.class)
          .hasMessageContaining("Parse error: line 1!")
          .hasMessageContaining("SELECT ?e")
          .hasMessageContaining("<http://e/a>");
      assertThat(thrown.toString()).hasSizeLessThan(2500);
    }
  }

  @Test
  void wrongAddressesAreSetUpErrors() {
    server
        .then(404, "nothing here")
        .then(200, "<html>", "Content-Type", "text/html")
        .then(
            ScriptedServer.ok(
                "{\"results\":{\"bindings\":[{\"x\":{\"type\":\"uri\",\"value\":\"y\"}}]}}"))
        .then(413, "too large")
        .then(500, "out of memory");
    try (SparqlKnowledgeGraph graph = builder().build()) {
      assertSetup(graph, "not found");
      assertSetup(graph, "text/html");
      assertSetup(graph, "a row without e");
      assertSetup(graph, "smaller batch size");
      assertThatThrownBy(() -> graph.entity(ID))
          .isInstanceOf(TransientFailureException.class)
          .hasMessageContaining("out of memory");
      assertThat(waits).isEmpty();
    }
  }

  private static void assertSetup(SparqlKnowledgeGraph graph, String message) {
    assertThatThrownBy(() -> graph.entity(ID))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining(message);
  }

  @Test
  void credentialsGoToTheEndpointAndNowhereElse() {
    String token = "sesame-open-1234";
    try (ScriptedServer other = new ScriptedServer();
        SparqlKnowledgeGraph graph =
            builder().bearerToken(token).userAgent("test (mail@example.org)").build()) {
      server
          .then(307, "", "Location", other.endpoint() + "&token=" + token)
          .then(401, "Bearer " + token + " is not known")
          .then(400, "header was 'Bearer " + token + "'");
      List<Throwable> thrown = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        thrown.add(catchThrowable(() -> graph.entity(ID)));
      }
      assertThat(thrown).allMatch(SetupException.class::isInstance);
      assertThat(thrown.get(0)).hasMessageContaining("redirects to http://localhost");
      assertThat(thrown.get(1)).hasMessageContaining("401");
      assertThat(thrown.get(2)).hasMessageContaining("'Bearer ***'");
      assertThat(thrown)
          .noneMatch(t -> t.toString().contains(token) || t.toString().contains("k123"));
      assertThat(graph.toString() + graph.snapshot()).doesNotContain(token).doesNotContain("k123");
      assertThat(server.authorizations).containsOnly("Bearer " + token);
      assertThat(server.agents).containsOnly("test (mail@example.org)");
      assertThat(other.bodies).isEmpty();
    }
  }

  @Test
  void basicAuthenticationIsSentAtOnce() {
    try (SparqlKnowledgeGraph graph = builder().basicAuthentication("Ann", "p:w").build()) {
      assertThat(graph.entity(ID)).isEmpty();
      assertThat(server.authorizations).containsExactly("Basic QW5uOnA6dw==");
      assertThat(Credentials.basic("Ann", "p:w")).hasToString("***");
    }
  }
}
