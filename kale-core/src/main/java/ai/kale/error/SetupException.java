package ai.kale.error;

import org.jspecify.annotations.Nullable;

/**
 * The surroundings are not right: a missing native library, a wrong option, an unwritable folder.
 * Mend the set-up and call again.
 */
public final class SetupException extends KaleException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what happened, where, and what to do
   */
  public SetupException(String message) {
    this(message, null);
  }

  /**
   * @param message what happened, where, and what to do
   * @param cause the underlying failure, or null
   */
  public SetupException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
