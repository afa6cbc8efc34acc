package ai.kale.teacher.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.kale.error.InvalidInputException;
import ai.kale.error.KaleException;
import ai.kale.error.SetupException;
import ai.kale.error.TransientFailureException;
import ai.kale.spi.TeacherModel.Prompt;
import ai.kale.tck.ChatCompletionsServer;
import ai.kale.tck.ChatReply;
import ai.kale.tck.ServerFault;
import ai.kale.tck.ServerFaults;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way in which a request fails, as the exception that says what to do. */
class OpenAiFailuresTest {
  private static final Prompt PROMPT = new Prompt("Be brief.", "Who?", 64, 0);

  private final ChatCompletionsServer server = ChatCompletionsServer.start(request -> "Hello");

  private <E extends KaleException> E failure(Class<E> type) {
    OpenAiTeacher teacher =
        OpenAiTeacher.builder(server.baseUrl() + "?token=sk-in-the-query", "tiny-1").build();
    E failure = catchThrowableOfType(type, () -> teacher.reply(PROMPT));
    assertThat(failure)
        .hasMessageContaining("teacher tiny-1 at http://127.0.0.1:" + server.port() + "/v1")
        .hasMessageNotContaining("sk-in-the-query");
    return failure;
  }

  private <E extends KaleException> E answered(int status, String body, Class<E> type) {
    server.next(new ChatReply(status, body));
    return failure(type);
  }

  private static String error(String message, String code) {
    return ChatCompletionsServer.error(message, code);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 409, 425, 429, 500, 502, 503, 504, 529})
  void busyAndBrokenServersMayRecover(int status) {
    assertThat(answered(status, error("not now", "x"), TransientFailureException.class))
        .hasMessageContaining("HTTP " + status + ": not now")
        .extracting(TransientFailureException::retryAfter)
        .isEqualTo(Optional.empty());
  }

  @Test
  void theWaitThatIsAskedForIsKept() {
    server.next(new ChatReply(429, Map.of("Retry-After", "17"), error("slow down", "x")));
    assertThat(failure(TransientFailureException.class).retryAfter())
        .hasValue(Duration.ofSeconds(17));
    server.next(
        new ChatReply(503, Map.of("Retry-After", "9", "retry-after-ms", "1500"), "overloaded"));
    assertThat(failure(TransientFailureException.class).retryAfter())
        .hasValue(Duration.ofMillis(1500));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 413, 422})
  void aPromptMayBeRefused(int status) {
    assertThat(answered(status, error("too long", "x"), InvalidInputException.class))
        .hasMessageContaining("HTTP " + status + ": too long");
  }

  @Test
  void aContentFilterRefusesAPrompt() {
    for (String code : new String[] {"content_filter", "content_policy_violation"}) {
      assertThat(answered(400, error("no", code), InvalidInputException.class))
          .hasMessageContaining("content filter refuses this prompt");
      assertThat(answered(403, error("no", code), InvalidInputException.class)).isNotNull();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 402, 403, 404, 405, 407, 410, 301, 302, 307, 308})
  void aWrongSetupIsNotTriedAgain(int status) {
    assertThat(answered(status, error("no", "x"), SetupException.class))
        .hasMessageContaining("HTTP " + status);
    assertThat(server.statistics().requests()).isEqualTo(1);
  }

  @Test
  void anOptionThatTheModelDoesNotTakeAndAnEmptyAccountAreSetup() {
    answered(
        400, error("Use max_completion_tokens", "unsupported_parameter"), SetupException.class);
    assertThat(answered(429, error("no money", "insufficient_quota"), SetupException.class))
        .hasMessageContaining("credit");
  }

  @Test
  void anAccountThatDoesNotPayIsSetupHoweverItIsSaid() {
    assertThat(answered(429, error("off", "billing_not_active"), SetupException.class))
        .hasMessageContaining("credit");
    String text = "You exceeded your current quota, please check your plan";
    assertThat(answered(429, error(text, "x"), SetupException.class)).hasMessageContaining(text);
    assertThat(answered(429, error("requests per minute", "x"), TransientFailureException.class))
        .isNotNull();
  }

  @Test
  void aWrongKeyOrModelInStatus400IsSetup() {
    assertThat(
            answered(
                400, error("API key not valid. Please pass one.", "400"), SetupException.class))
        .hasMessageContaining("check the key");
    assertThat(answered(400, error("gone", "model_decommissioned"), SetupException.class))
        .hasMessageContaining("model: change it");
  }

  @Test
  void aReplyThatTheServiceBrokeOffIsNone() {
    String body =
        "{\"choices\": [{\"message\": {\"content\": \"Marie\"}, \"finish_reason\": \"error\"";
    assertThat(answered(200, body + "}]}", TransientFailureException.class))
        .hasMessageContaining("no word why");
    assertThat(
            answered(
                200,
                body + ", \"error\": {\"message\": \"upstream\"}}]}",
                TransientFailureException.class))
        .hasMessageContaining("upstream");
  }

  @Test
  void redirectsAreNotFollowed() {
    try (ChatCompletionsServer other = ChatCompletionsServer.start(request -> "caught")) {
      server.next(new ChatReply(307, Map.of("Location", other.baseUrl().toString()), ""));
      failure(SetupException.class);
      assertThat(other.statistics().requests()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{\"choices\": [{\"message\": {\"cont",
        "<html>Bad gateway</html>",
        "{}",
        "[]",
        "7",
        "{\"choices\": []}",
        "{\"choices\": [{\"message\": {}}]}",
        "{\"choices\": [{\"text\": \"old form\"}]}",
        "{\"error\": {\"message\": \"upstream\", \"code\": 502}}"
      })
  void aReplyThatIsNoneMayComeBetterNextTime(String body) {
    assertThat(answered(200, body, TransientFailureException.class)).isNotNull();
  }

  @Test
  void anErrorInsideAReplyIsRead() {
    answered(200, "{\"error\": {\"message\": \"bad key\", \"code\": 401}}", SetupException.class);
    for (String shape : List.of("\"out of memory\"", "{\"message\": \"out of memory\"}")) {
      assertThat(answered(200, "{\"error\": " + shape + "}", TransientFailureException.class))
          .hasMessageContaining("out of memory");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = ServerFault.class,
      names = {
        "BUSY_WITH_RETRY_AFTER",
        "BUSY",
        "SERVER_ERROR",
        "MALFORMED_JSON",
        "TRUNCATED_BODY",
        "RESET",
        "KEY_ECHO"
      })
  void everyFaultOfABadDayMayPass(ServerFault fault) {
    server.faults(ServerFaults.none().with(fault, 1));
    assertThat(failure(TransientFailureException.class).isRetryable()).isTrue();
    assertThat(server.statistics().requests()).as("one call is one attempt").isEqualTo(1);
  }

  @Test
  void nobodyListening() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    OpenAiTeacher teacher = OpenAiTeacher.builder("http://127.0.0.1:" + port, "m").build();
    assertThat(catchThrowableOfType(TransientFailureException.class, () -> teacher.reply(PROMPT)))
        .hasMessageContaining("ConnectException")
        .hasMessageContaining("check address and network")
        .matches(TransientFailureException::isRefusal);
  }

  @Test
  void aConnectionThatWasNeverMadeCostsNothing() {
    for (Exception never :
        List.of(
            new ConnectException("refused"),
            new HttpConnectTimeoutException("no answer"),
            new NoRouteToHostException("unreachable"),
            new UnknownHostException("no-such-host"),
            new UnresolvedAddressException(),
            new SSLHandshakeException("no protocol in common"))) {
      for (Throwable failure :
          List.of(never, new IOException("wrapped", never), new CompletionException(never))) {
        assertThat(transientOf(failure).isRefusal()).as("%s", failure).isTrue();
      }
    }
    for (IOException later :
        List.of(
            new IOException("Connection reset"),
            new HttpTimeoutException("headers"),
            new SSLException("closed"))) {
      assertThat(transientOf(later).isRefusal()).as("%s", later).isFalse();
    }
    IOException untrusted = new SSLHandshakeException("failed");
    untrusted.initCause(new CertificateException("expired"));
    OpenAiTeacher distrusting = failing(untrusted);
    assertThatThrownBy(() -> distrusting.reply(PROMPT))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("certificate");
  }

  private static OpenAiTeacher failing(Throwable failure) {
    return OpenAiTeacher.builder("https://host/v1", "m")
        .httpClient(StubClient.failing(failure))
        .build();
  }

  private static TransientFailureException transientOf(Throwable failure) {
    return catchThrowableOfType(
        TransientFailureException.class, () -> failing(failure).reply(PROMPT));
  }

  @Test
  void messagesAreOneLineAndNotEndless() {
    String page = "<html>\n<b>" + "x\u001b[31m ".repeat(5000);
    String message = answered(500, page, TransientFailureException.class).getMessage();
    assertThat(message).hasSizeLessThan(600).doesNotContain("\n", "\u001b");
  }

  @Test
  void noCauseHoldsTheKey() {
    String key = "skcanaryZq7Vw3Lp9Kd5";
    IOException inCause = new IOException("closed", new IOException("header Bearer " + key));
    for (Throwable failure :
        List.of(new IOException(key), inCause, new ConnectException(key), new Error(key))) {
      OpenAiTeacher teacher =
          OpenAiTeacher.builder("https://host/v1", "m")
              .key(ApiKey.of(key))
              .httpClient(StubClient.failing(failure))
              .build();
      assertThatThrownBy(() -> teacher.reply(PROMPT))
          .isInstanceOf(KaleException.class)
          .satisfies(thrown -> assertThat(Throwables.getStackTrace(thrown)).doesNotContain(key))
          .hasCauseInstanceOf(IOException.class);
    }
  }

  @Test
  void noBodyThatIsCutShowsAPartOfTheKey() {
    String key = "skcanaryZq7Vw3Lp9Kd5Xy2Mn8";
    OpenAiTeacher teacher =
        OpenAiTeacher.builder(server.baseUrl().toString(), "m").key(ApiKey.of(key)).build();
    for (String before : List.of("", "Bearer ", "a".repeat(240), "{\"a\": \"")) {
      for (int length = 6; length <= key.length(); length++) {
        for (int status : new int[] {200, 500}) {
          server.next(new ChatReply(status, before + key.substring(0, length)));
          assertThatThrownBy(() -> teacher.reply(PROMPT))
              .isInstanceOf(TransientFailureException.class)
              .hasNoCause()
              .hasMessageContaining("***")
              .hasMessageNotContaining(key.substring(0, 6));
        }
      }
    }
  }

  @Test
  void whatIsNoJsonIsShownWithThePlaceOfItsMistake() {
    assertThat(answered(200, "{\"a\": 1,\n oops}", TransientFailureException.class))
        .hasMessageContaining("at line 2, column")
        .hasMessageContaining("of '{\"a\": 1, oops}'");
  }

  @Test
  void anAnswerWithoutEndIsCutOff() {
    server.next(new ChatReply(200, "x".repeat(5000)));
    OpenAiTeacher teacher =
        OpenAiTeacher.builder(server.baseUrl().toString(), "m").mostBytes(1000).build();
    assertThat(catchThrowableOfType(SetupException.class, () -> teacher.reply(PROMPT)))
        .hasMessageContaining("longer than 1000 bytes");
  }
}
