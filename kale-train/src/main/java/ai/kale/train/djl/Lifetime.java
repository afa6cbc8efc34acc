package ai.kale.train.djl;

import java.util.function.Supplier;

/** Whether a model is open, and what its calls do when it is not or when they fail. */
final class Lifetime {
  private volatile boolean ended;

  /** Ends it; whether this was the first time. */
  boolean end() {
    boolean first = !ended;
    ended = true;
    return first;
  }

  void checkOpen() {
    if (ended) {
      throw new IllegalStateException("the model is closed");
    }
  }

  /** Makes a call; if the model was closed meanwhile, its failure says so. */
  <T> T call(Supplier<T> body) {
    return call(body, () -> {});
  }

  /** The same for a call that may fail half-way, and what takes its traces away then. */
  <T> T call(Supplier<T> body, Runnable undo) {
    checkOpen();
    try {
      return body.get();
    } catch (RuntimeException e) {
      if (ended) {
        throw new IllegalStateException("the model is closed", e);
      }
      try {
        undo.run();
      } catch (RuntimeException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
  }

  /** The same for a call without a result. */
  void run(Runnable body) {
    call(
        () -> {
          body.run();
          return true;
        });
  }
}
