package ai.kale.error;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A remote service or the file system failed in a way that may pass. Try again later. */
public final class TransientFailureException extends KaleException {
  private static final long serialVersionUID = 1L;

  private final @Nullable Duration retryAfter;
  private final boolean refusal;

  /**
   * @param message what happened, where, and what to do
   */
  public TransientFailureException(String message) {
    this(message, (Throwable) null);
  }

  /**
   * @param message what happened, where, and what to do
   * @param cause the underlying failure, or null
   */
  public TransientFailureException(String message, @Nullable Throwable cause) {
    super(message, cause);
    this.retryAfter = null;
    this.refusal = false;
  }

  /**
   * @param message what happened, where, and what to do
   * @param retryAfter how long the service asks to wait, not negative
   */
  public TransientFailureException(String message, Duration retryAfter) {
    super(message, null);
    this.retryAfter = retryAfter;
    this.refusal = true;
  }

  private TransientFailureException(String message, boolean refusal, @Nullable Throwable cause) {
    super(message, cause);
    this.retryAfter = null;
    this.refusal = refusal;
  }

  /**
   * A service that answered with an error instead of doing its work, so that nothing is billed.
   *
   * @param message what happened, where, and what to do
   * @param retryAfter how long the service asks to wait, if it does
   * @return the exception
   */
  public static TransientFailureException refusal(String message, Optional<Duration> retryAfter) {
    return retryAfter
        .map(wait -> new TransientFailureException(message, wait))
        .orElseGet(() -> new TransientFailureException(message, true, null));
  }

  /**
   * A service that was never reached, or answered with an error, so that nothing is billed.
   *
   * @param message what happened, where, and what to do
   * @param cause the underlying failure
   * @return the exception
   */
  public static TransientFailureException refusal(String message, Throwable cause) {
    return new TransientFailureException(message, true, cause);
  }

  /**
   * Whether it is certain that the service did nothing: it said so, or was never reached. Otherwise
   * it may have done its work, and bill it, though the result was lost.
   */
  public boolean isRefusal() {
    return refusal;
  }

  /** How long the service asks to wait before the next request; empty where it does not say. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  @Override
  public boolean isRetryable() {
    return true;
  }
}
