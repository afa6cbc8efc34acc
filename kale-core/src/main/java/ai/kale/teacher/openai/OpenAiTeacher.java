package ai.kale.teacher.openai;

import ai.kale.error.KaleException;
import ai.kale.error.OperationCancelledException;
import ai.kale.error.SetupException;
import ai.kale.error.TransientFailureException;
import ai.kale.error.UnsupportedCapabilityException;
import ai.kale.spi.TeacherCapability;
import ai.kale.spi.TeacherModel;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * A model behind an OpenAI-compatible chat completions interface. One call is one attempt; see
 * {@code ai.kale.teacher} for limits and retries.
 *
 * <pre>{@code
 * TeacherModel teacher =
 *     OpenAiTeacher.builder("https://api.openai.com/v1", "gpt-4o-2024-08-06")
 *         .key(ApiKey.fromEnvironment("OPENAI_API_KEY"))
 *         .build();
 * }</pre>
 *
 * <p>No thread waits for a reply. Redirects are not followed: the key goes to the address that was
 * named and nowhere else. The request timeout covers the whole answer, its last byte too. Keys and
 * header values are taken out of every message and cause, keys and secret headers of replies too.
 */
public final class OpenAiTeacher implements TeacherModel {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Before any request is sent, so that nothing is billed. */
  private static final List<Class<? extends Throwable>> NEVER_CONNECTED =
      List.of(
          ConnectException.class,
          NoRouteToHostException.class,
          UnknownHostException.class,
          UnresolvedAddressException.class,
          HttpConnectTimeoutException.class,
          SSLHandshakeException.class);

  private final OpenAiSettings settings;
  private final ErrorStatus errors;

  OpenAiTeacher(OpenAiSettings settings) {
    this.settings = settings;
    this.errors = new ErrorStatus(settings.who(), settings.redactor());
  }

  /**
   * Starts a teacher.
   *
   * @param baseUrl what comes before {@code /chat/completions}, with or without a slash at its end;
   *     for OpenAI {@code https://api.openai.com/v1}
   * @param model as the service names it
   */
  public static OpenAiTeacherBuilder builder(String baseUrl, String model) {
    return new OpenAiTeacherBuilder(baseUrl, model);
  }

  /**
   * {@code openai:} and the model; the host after {@code @}, unless it is OpenAI's own or {@link
   * OpenAiTeacherBuilder#servedBy} gives another name; after {@code ;} the seed, that no
   * temperature is sent, and a hash of further fields. Two servers on different ports of one host
   * are told apart only by their models.
   */
  @Override
  public String id() {
    return settings.id();
  }

  @Override
  public Set<TeacherCapability> capabilities() {
    EnumSet<TeacherCapability> all = EnumSet.allOf(TeacherCapability.class);
    if (!settings.body().temperature()) {
      all.remove(TeacherCapability.SAMPLING);
    }
    return all;
  }

  @Override
  public Reply reply(Prompt prompt) {
    CompletableFuture<Reply> reply = ask(prompt);
    try {
      return reply.get();
    } catch (InterruptedException e) {
      reply.cancel(true);
      Thread.currentThread().interrupt();
      throw new OperationCancelledException(
          settings.who() + ": interrupted while waiting for the reply", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof KaleException failure) {
        throw failure;
      }
      throw new IllegalStateException("not among the failures of a teacher", e);
    }
  }

  /**
   * {@inheritDoc} The executor is not used. Cancelling the future stops the request; a reply
   * already under way may still be paid.
   */
  @Override
  public CompletableFuture<Reply> replyAsync(Prompt prompt, Executor executor) {
    return ask(prompt);
  }

  ChatBody body() {
    return settings.body();
  }

  private CompletableFuture<Reply> ask(Prompt prompt) {
    CompletableFuture<HttpResponse<byte[]>> sent;
    try {
      sent = settings.client().sendAsync(request(prompt), ignored -> bounded());
    } catch (KaleException e) {
      return CompletableFuture.failedFuture(e);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(unknown(e));
    }
    CompletableFuture<Reply> reply = new CompletableFuture<>();
    // The client's own timeout ends with the headers; this one includes the body.
    CompletableFuture<Boolean> deadline =
        new CompletableFuture<Boolean>()
            .completeOnTimeout(true, settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
    List<CompletableFuture<?>> unused =
        List.of(
            deadline.thenRun(() -> reply.completeExceptionally(tooSlow())),
            sent.whenComplete((response, failure) -> end(reply, response, failure)),
            reply.whenComplete(
                (done, failure) -> {
                  deadline.cancel(false);
                  sent.cancel(true); // does nothing to one that has ended
                }));
    return reply;
  }

  private void end(
      CompletableFuture<Reply> reply,
      @Nullable HttpResponse<byte[]> response,
      @Nullable Throwable failure) {
    try {
      if (response != null) {
        reply.complete(read(response));
      } else if (failure != null) {
        reply.completeExceptionally(notSent(failure));
      }
    } catch (KaleException e) {
      reply.completeExceptionally(e);
    } catch (RuntimeException e) {
      reply.completeExceptionally(unknown(e));
    }
  }

  private HttpResponse.BodySubscriber<byte[]> bounded() {
    return new BoundedBody(settings.mostBytes());
  }

  private HttpRequest request(Prompt prompt) {
    if (!settings.body().temperature() && prompt.temperature() != 0) {
      throw new UnsupportedCapabilityException(
          settings.who()
              + " is set to send no temperature, and the prompt asks for "
              + prompt.temperature()
              + ": set the temperature to 0");
    }
    String body = ChatBody.text(settings.body().of(prompt));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(settings.endpoint())
            .header("Content-Type", "application/json")
            .header("Accept", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
    settings.headers().forEach(request::setHeader);
    return request.build();
  }

  private Reply read(HttpResponse<byte[]> response) {
    // A proxy that refuses a tunnel gives no body at all.
    byte @Nullable [] bytes = response.body();
    String body = bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    int status = response.statusCode();
    if (status < 200 || status > 299) {
      throw errors.of(status, body, RetryAfter.of(response.headers(), Instant.now()));
    }
    JsonNode tree;
    try {
      tree = JSON.readTree(body);
    } catch (JsonProcessingException e) {
      // The parser's own message shortens what it quotes, and so may end inside a secret.
      JsonLocation at = e.getLocation();
      throw new TransientFailureException(
          settings.who()
              + " sent a reply that is cut or no JSON, at line "
              + at.getLineNr()
              + ", column "
              + at.getColumnNr()
              + " of '"
              + Shown.line(body, settings.redactor())
              + "'; if it stays so, check the base URL");
    }
    JsonNode error = tree.path("error");
    if ((error.isObject() || error.isTextual()) && !tree.has("choices")) {
      throw errors.inReply(tree);
    }
    if (Completion.isBroken(tree)) {
      throw new TransientFailureException(
          settings.who()
              + " broke off its reply (finish_reason is error): "
              + Shown.line(Completion.problem(tree), settings.redactor())
              + "; if it stays so, ask whoever serves it");
    }
    return Completion.reply(tree, settings.redactor())
        .orElseThrow(
            () ->
                new TransientFailureException(
                    settings.who()
                        + " sent a reply without choices[0].message.content; if it stays so, check"
                        + " that the base URL is that of a chat service"));
  }

  /** What a failed exchange means. */
  private KaleException notSent(Throwable failure) {
    Throwable original =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    Throwable cause = settings.redactor().redact(original);
    String said = couldNotAsk(original);
    if (has(original, CertificateException.class)
        || has(original, CertPathValidatorException.class)) {
      return new SetupException(said + "; its certificate is not trusted, mend it", cause);
    }
    if (has(original, BoundedBody.TooLargeException.class)) {
      return new SetupException(
          said + "; check that the base URL is that of a chat service", cause);
    }
    if (NEVER_CONNECTED.stream().anyMatch(type -> has(original, type))) {
      return TransientFailureException.refusal(
          said + "; nothing was sent; check address and network if it stays", cause);
    }
    if (original instanceof IOException) {
      return new TransientFailureException(said + "; check address and network if it stays", cause);
    }
    return new SetupException(said, cause);
  }

  private static boolean has(Throwable failure, Class<?> type) {
    for (@Nullable Throwable at = failure; at != null; at = at.getCause()) {
      if (type.isInstance(at)) {
        return true;
      }
    }
    return false;
  }

  private KaleException unknown(RuntimeException e) {
    return new SetupException(couldNotAsk(e), settings.redactor().redact(e));
  }

  private String couldNotAsk(Throwable failure) {
    String shown = Shown.line(failure.toString(), settings.redactor());
    return settings.who() + " could not be asked: " + shown;
  }

  private TransientFailureException tooSlow() {
    return new TransientFailureException(
        settings.who()
            + " did not answer in full within "
            + BigDecimal.valueOf(settings.timeout().toMillis(), 3)
                .stripTrailingZeros()
                .toPlainString()
            + " s; allow more time if it stays so");
  }

  @Override
  public String toString() {
    return "OpenAiTeacher[" + settings.id() + "]";
  }
}
