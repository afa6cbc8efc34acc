package ai.kale.tck;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** One answer, right or wrong. */
final class ChatAnswer {
  private static final int[] SERVER_ERRORS = {500, 502, 503, 504};

  private final ChatRequest request;
  private final String text;
  private final ServerStatistics statistics;
  private final Optional<ServerFault> fault;
  private final SplittableRandom random;

  ChatAnswer(
      ChatRequest request,
      String text,
      ServerFaults faults,
      ServerStatistics statistics,
      long arrived) {
    this.request = request;
    this.text = text;
    this.statistics = statistics;
    int before = statistics.arrived(request.promptHash(), arrived, promptTokens() + tokens(text));
    this.fault = faults.draw(request.promptHash(), before);
    this.random = faults.random(request.promptHash(), -1 - before);
  }

  void send(ChatConnection connection, Duration latency, Duration slow)
      throws IOException, InterruptedException {
    fault.ifPresent(statistics::faulted);
    double share = (1 + random.nextDouble()) / 2;
    long millis = (long) (latency.toMillis() * share);
    if (millis > 0) {
      Thread.sleep(millis);
    }
    if (fault.isEmpty()) {
      statistics.completed(request.promptHash()); // the model has written it
      connection.send(completion(text));
      return;
    }
    switch (fault.get()) {
      case BUSY_WITH_RETRY_AFTER ->
          connection.send(
              new ChatReply(429, Map.of("Retry-After", "1"), error("slow down", "rate_limit")));
      case BUSY -> connection.send(new ChatReply(429, error("slow down", "rate_limit")));
      case SERVER_ERROR ->
          connection.send(
              new ChatReply(
                  SERVER_ERRORS[random.nextInt(SERVER_ERRORS.length)],
                  error("something broke", "server_error")));
      case KEY_ECHO ->
          connection.send(
              new ChatReply(
                  500,
                  error(
                      "upstream failed for Authorization: "
                          + request.headers().getOrDefault("authorization", "none"),
                      "server_error")));
      case MALFORMED_JSON -> {
        String whole = completion(text).body();
        connection.send(new ChatReply(200, whole.substring(0, whole.length() * 2 / 3)));
      }
      case TRUNCATED_BODY -> connection.sendHalf(completion(text));
      case RESET -> connection.reset();
      case SLOW_BODY -> {
        statistics.completed(request.promptHash()); // the model has written it
        connection.sendSlowly(completion(text), slow.toMillis());
      }
      case EMPTY_COMPLETION -> {
        statistics.completed(request.promptHash()); // the model has written it
        connection.send(completion(""));
      }
    }
  }

  private ChatReply completion(String reply) throws IOException {
    String model = new ObjectMapper().readTree(request.body()).path("model").asText();
    return new ChatReply(
        200, ChatCompletionsServer.completion(model, reply, promptTokens(), tokens(reply)));
  }

  private static String error(String message, String code) {
    return ChatCompletionsServer.error(message, code);
  }

  private long promptTokens() {
    return tokens(request.system()) + tokens(request.user());
  }

  private static long tokens(String text) {
    return (text.length() + 3L) / 4;
  }
}
