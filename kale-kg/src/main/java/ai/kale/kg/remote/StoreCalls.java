package ai.kale.kg.remote;

import ai.kale.error.KaleException;
import ai.kale.error.OperationCancelledException;
import ai.kale.error.TransientFailureException;
import java.io.IOException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Calls a hook: counts it, and turns what it throws into what the caller of a graph expects. */
final class StoreCalls {
  private StoreCalls() {}

  /** One question to the store. */
  @FunctionalInterface
  interface Call<T> {
    T run() throws IOException, InterruptedException;
  }

  /**
   * Asks.
   *
   * @param what for messages, such as {@code "asking for the arcs of 3 entities"}
   */
  static <T> T ask(String what, LongAdder counter, Call<T> call) {
    if (Thread.currentThread().isInterrupted()) {
      throw cancelled(what, null);
    }
    counter.increment();
    try {
      return call.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw cancelled(what, e);
    } catch (IOException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw cancelled(what, e);
      }
      throw new TransientFailureException(
          what + " failed: " + e + "; check that the store is up, then try again", e);
    } catch (KaleException e) {
      throw e;
    } catch (RuntimeException e) {
      // Drivers wrap interrupts in exceptions of their own.
      throw Thread.currentThread().isInterrupted() ? cancelled(what, e) : e;
    }
  }

  private static OperationCancelledException cancelled(String what, @Nullable Throwable cause) {
    return new OperationCancelledException(
        what + " was interrupted; call again: what was fetched before is kept", cause);
  }
}
