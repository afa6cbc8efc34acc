package ai.kale.error;

import org.jspecify.annotations.Nullable;

/** The chosen implementation does not offer what was asked. Choose another one or ask for less. */
public final class UnsupportedCapabilityException extends KaleException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what happened, where, and what to do
   */
  public UnsupportedCapabilityException(String message) {
    this(message, null);
  }

  /**
   * @param message what happened, where, and what to do
   * @param cause the underlying failure, or null
   */
  public UnsupportedCapabilityException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
