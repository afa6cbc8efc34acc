package ai.kale.error;

import org.jspecify.annotations.Nullable;

/**
 * The work was cancelled by the caller or by an interrupt. Called again with the same journal or
 * checkpoint it resumes; without one it starts over.
 */
public final class OperationCancelledException extends KaleException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what happened, where, and what to do
   */
  public OperationCancelledException(String message) {
    this(message, null);
  }

  /**
   * @param message what happened, where, and what to do
   * @param cause the underlying failure, or null
   */
  public OperationCancelledException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  @Override
  public boolean isRetryable() {
    return true;
  }
}
