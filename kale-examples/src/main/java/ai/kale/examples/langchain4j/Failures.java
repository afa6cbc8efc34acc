package ai.kale.examples.langchain4j;

import ai.kale.error.InvalidInputException;
import ai.kale.error.SetupException;
import ai.kale.error.TransientFailureException;
import ai.kale.error.UnsupportedCapabilityException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.NonRetriableException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.RetriableException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The exceptions of langchain4j, sorted by what the caller does next. */
final class Failures {
  private Failures() {}

  static RuntimeException translated(String id, RuntimeException failure) {
    String said = "teacher " + id + ": " + failure.getMessage();
    if (failure instanceof RateLimitException || failure instanceof InternalServerException) {
      return TransientFailureException.refusal(said, failure); // 429 and 5xx: nothing is billed
    }
    if (failure instanceof RetriableException) {
      return new TransientFailureException(said, failure);
    }
    if (failure instanceof UnsupportedFeatureException) {
      return new UnsupportedCapabilityException(said, failure);
    }
    if (failure instanceof InvalidRequestException) {
      return refused(id, failure);
    }
    if (failure instanceof NonRetriableException) {
      return new SetupException(said + "; check key, address and model", failure);
    }
    if (failure instanceof HttpException http) {
      return byStatus(id, said, http);
    }
    for (@Nullable Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof IOException) {
        return new TransientFailureException(said, failure);
      }
    }
    return failure; // a mistake in the calling code
  }

  private static RuntimeException byStatus(String id, String said, HttpException failure) {
    return switch (failure.statusCode()) {
      case 408, 409, 429 -> TransientFailureException.refusal(said, failure);
      case 400, 413, 422 -> refused(id, failure);
      default ->
          failure.statusCode() >= 500
              ? TransientFailureException.refusal(said, failure)
              : new SetupException(said + "; check key, address and model", failure);
    };
  }

  private static InvalidInputException refused(String id, RuntimeException failure) {
    return new InvalidInputException(
        "teacher " + id,
        0,
        failure.getMessage() + "; this prompt is refused: change it or leave it out",
        failure);
  }
}
