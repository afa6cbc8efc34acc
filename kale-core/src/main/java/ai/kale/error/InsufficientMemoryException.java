package ai.kale.error;

/**
 * The memory of a device did not suffice. Nothing is lost; the message says what to lower: a
 * smaller pass, shorter sequences, activation checkpointing, an adapter instead of all weights.
 */
public final class InsufficientMemoryException extends KaleException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message what was computed, how much was asked for, what to lower
   * @param cause what the engine reported
   */
  public InsufficientMemoryException(String message, Throwable cause) {
    super(message, cause);
  }
}
