package ai.kale.train.io;

import ai.kale.error.OperationCancelledException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Path;

/** Tells an interrupted thread from a file that cannot be read: channels report both alike. */
public final class Interrupts {
  private Interrupts() {}

  /**
   * Call it first where a failure to read is handled.
   *
   * @param failure what was thrown
   * @param file what was read
   * @throws OperationCancelledException if the thread was interrupted; it stays so
   */
  public static void check(IOException failure, Path file) {
    if (failure instanceof ClosedByInterruptException
        || failure instanceof FileLockInterruptionException) {
      throw new OperationCancelledException(
          "interrupted while " + file + " was read; nothing was changed", failure);
    }
  }
}
