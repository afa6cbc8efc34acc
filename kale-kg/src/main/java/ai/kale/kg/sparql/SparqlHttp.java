package ai.kale.kg.sparql;

import ai.kale.error.SetupException;
import ai.kale.error.TransientFailureException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.SSLHandshakeException;

/**
 * One attempt to ask one query by POST. Redirects are not followed: credentials go to the endpoint
 * that was named and nowhere else.
 */
final class SparqlHttp {
  private static final int SHOWN_MESSAGE = 500;
  private static final int SHOWN_QUERY = 1500;

  private final Settings settings;
  final LongAdder requests = new LongAdder();

  SparqlHttp(Settings settings) {
    this.settings = settings;
  }

  /** The whole answer to a query; its status is 200. */
  HttpResponse<byte[]> post(String query)
      throws RetryableException, SortLimitException, InterruptedException {
    requests.increment();
    CompletableFuture<HttpResponse<byte[]>> answer =
        settings.client().sendAsync(request(query), HttpResponse.BodyHandlers.ofByteArray());
    try {
      // The client's own timeout ends with the headers; this one includes the body.
      HttpResponse<byte[]> response =
          answer.get(settings.requestTimeout().toMillis(), TimeUnit.MILLISECONDS);
      check(response, query);
      return response;
    } catch (ExecutionException e) {
      throw connectionFailed(e);
    } catch (TimeoutException e) {
      throw new TransientFailureException(
          settings.place()
              + " did not answer within the request timeout of "
              + settings.requestTimeout()
              + "; allow more, or ask for less with a smaller batch size",
          e);
    } finally {
      answer.cancel(true);
    }
  }

  private HttpRequest request(String query) {
    String form = "query=" + URLEncoder.encode(query, StandardCharsets.UTF_8);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(settings.endpoint())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", "application/sparql-results+json")
            .header("User-Agent", settings.userAgent())
            .POST(HttpRequest.BodyPublishers.ofString(form, StandardCharsets.US_ASCII));
    if (!settings.credentials().header().isEmpty()) {
      request.header("Authorization", settings.credentials().header());
    }
    return request.build();
  }

  private RetryableException connectionFailed(ExecutionException e) {
    // A client repeats what it cannot read, such as a line of the answer.
    Throwable original = e.getCause() == null ? e : e.getCause();
    Throwable cause = settings.secrets().redact(original);
    if (original instanceof SSLHandshakeException) {
      throw new SetupException(
          settings.place() + " cannot be trusted: " + cause.getMessage() + "; mend its certificate",
          cause);
    }
    if (original instanceof IOException) {
      return new RetryableException(
          "the connection to " + settings.place() + " failed: " + cause, Duration.ZERO, cause);
    }
    throw new SetupException(settings.place() + " could not be asked: " + cause, cause);
  }

  private void check(HttpResponse<byte[]> response, String query)
      throws RetryableException, SortLimitException {
    int status = response.statusCode();
    if (status == 200 || status == 206) {
      checkForm(response);
      return;
    }
    String place = settings.place();
    String answered = place + " answered HTTP " + status + ": " + message(response);
    if (status >= 400 && answered.contains("SR353:")) {
      throw new SortLimitException(answered);
    }
    switch (status) {
      case 401, 403 ->
          throw new SetupException(
              place
                  + " refused access (HTTP "
                  + status
                  + ") with "
                  + (settings.credentials().header().isEmpty() ? "no" : "these")
                  + " credentials; see basicAuthentication and bearerToken");
      case 404 -> throw new SetupException(place + " was not found (HTTP 404); mend the address");
      case 413 -> throw new SetupException(answered + "; use a smaller batch size");
      case 429, 502, 503, 504 -> throw new RetryableException(answered, serverWait(response), null);
      default -> {
        if (status >= 300 && status < 400) {
          throw new SetupException(
              place + " redirects to " + target(response) + "; use that address if you trust it");
        }
        if (status >= 500) {
          throw new TransientFailureException(answered + "; try again later");
        }
        throw new SetupException(
            answered + "\nThe query was:\n" + shorten(query, SHOWN_QUERY) + "\nMend the options");
      }
    }
  }

  private void checkForm(HttpResponse<byte[]> response) {
    String type = response.headers().firstValue("Content-Type").orElse("");
    if (!type.isEmpty() && !type.toLowerCase(Locale.ROOT).contains("json")) {
      throw new SetupException(
          settings.place()
              + " answered with "
              + shorten(type, 80)
              + " instead of SPARQL results as JSON; is it a SPARQL endpoint?");
    }
    // Virtuoso stops a query that takes too long and sends what it has; newer ones with status 206.
    if (response.statusCode() == 206 || response.headers().firstValue("X-SQL-State").isPresent()) {
      throw new TransientFailureException(
          settings.place()
              + " stopped the query and sent a part of the answer: "
              + shorten(response.headers().firstValue("X-SQL-Message").orElse(""), SHOWN_MESSAGE)
              + "; use a smaller batch size, or try again later");
    }
  }

  private Duration serverWait(HttpResponse<byte[]> response) {
    return response
        .headers()
        .firstValue("Retry-After")
        .map(header -> Retrier.retryAfter(header, settings.pause().now()))
        .orElse(Duration.ZERO);
  }

  private String target(HttpResponse<byte[]> response) {
    try {
      return settings
          .secrets()
          .redact(
              Settings.place(
                  response
                      .uri()
                      .resolve(URI.create(response.headers().firstValue("Location").orElse("")))));
    } catch (IllegalArgumentException e) {
      return "an address that is no URI";
    }
  }

  /** The beginning of an answer, fit to be shown. */
  String message(HttpResponse<byte[]> response) {
    String text = new String(response.body(), StandardCharsets.UTF_8);
    return text.isBlank() ? "no message" : shorten(text, SHOWN_MESSAGE);
  }

  private String shorten(String text, int length) {
    String clean = settings.secrets().redact(text).replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    return clean.length() <= length ? clean : clean.substring(0, length) + "…";
  }
}
