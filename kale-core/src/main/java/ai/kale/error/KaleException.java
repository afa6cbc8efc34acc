package ai.kale.error;

import org.jspecify.annotations.Nullable;

/**
 * Root of every exception this library throws on purpose.
 *
 * <p>The subclass says what the caller does next; {@link #isRetryable()} says whether the same call
 * may succeed later without any change.
 */
public abstract class KaleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what happened, where, and what to do
   * @param cause the underlying failure, or null
   */
  protected KaleException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** Whether repeating the same call unchanged may succeed. */
  public boolean isRetryable() {
    return false;
  }
}
