package ai.kale.kg.sparql;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One attempt failed in a way that another may not. Caught by {@link Retrier} and nobody else. */
final class RetryableException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Duration wait;

  RetryableException(String message, Duration wait, @Nullable Throwable cause) {
    super(message, cause);
    this.wait = wait;
  }

  /** The wait that the server asked for; zero if it did not. */
  Duration serverWait() {
    return wait;
  }
}
