package ai.kale.error;

import org.jspecify.annotations.Nullable;

/** A remote service or the file system failed in a way that may pass. Try again later. */
public final class TransientFailureException extends KaleException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what happened, where, and what to do
   */
  public TransientFailureException(String message) {
    this(message, null);
  }

  /**
   * @param message what happened, where, and what to do
   * @param cause the underlying failure, or null
   */
  public TransientFailureException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  @Override
  public boolean isRetryable() {
    return true;
  }
}
