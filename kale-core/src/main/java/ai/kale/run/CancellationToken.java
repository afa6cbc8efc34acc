package ai.kale.run;

import ai.kale.error.OperationCancelledException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A switch that asks long work to stop at its next safe point. Safe for use by several threads.
 * Interrupting the working thread has the same effect.
 */
public final class CancellationToken {
  private final AtomicBoolean cancelled = new AtomicBoolean();

  /** Creates a token that is not cancelled. */
  public CancellationToken() {}

  /** Asks for a stop; there is no way back. */
  public void cancel() {
    cancelled.set(true);
  }

  /** Whether a stop was asked for here or by interrupting the current thread. */
  public boolean isCancelled() {
    return cancelled.get() || Thread.currentThread().isInterrupted();
  }

  /**
   * Throws if a stop was asked for.
   *
   * @param stage what is being done, for the message
   * @throws OperationCancelledException if a stop was asked for
   */
  public void throwIfCancelled(String stage) {
    if (isCancelled()) {
      throw new OperationCancelledException(
          stage
              + " was cancelled; call again: it resumes where it has a journal or a checkpoint, and"
              + " starts over where it has none");
    }
  }
}
