package ai.kale.error;

import org.jspecify.annotations.Nullable;

/**
 * A loss or gradient was not finite. The message names the questions of the batch; lower the
 * learning rate or mend those rows.
 */
public final class TrainingDivergedException extends KaleException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what happened, where, and what to do
   */
  public TrainingDivergedException(String message) {
    this(message, null);
  }

  /**
   * @param message what happened, where, and what to do
   * @param cause the underlying failure, or null
   */
  public TrainingDivergedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
