package ai.kale.error;

import org.jspecify.annotations.Nullable;

/**
 * A file that this library wrote, or a checkpoint, is damaged, cut short or of a newer version.
 * Restore or regenerate it.
 */
public final class CorruptFileException extends KaleException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what happened, where, and what to do
   */
  public CorruptFileException(String message) {
    this(message, null);
  }

  /**
   * @param message what happened, where, and what to do
   * @param cause the underlying failure, or null
   */
  public CorruptFileException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
