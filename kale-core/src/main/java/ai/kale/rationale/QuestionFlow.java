package ai.kale.rationale;

import ai.kale.error.OperationCancelledException;
import ai.kale.run.Progress;
import ai.kale.run.RunContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Begins work item after item with a bounded number under way, and holds no thread for them. The
 * first failure, a cancel or an interrupt stops it: nothing more is begun, and what is under way is
 * waited for.
 */
final class QuestionFlow {
  private static final String STAGE = "synthesize";
  private static final long POLL_MILLIS = 50;

  private final RunContext context;
  private final Consumer<RuntimeException> onStop;
  private final Semaphore free;
  private final int concurrency;
  private final AtomicReference<@Nullable Throwable> stopped = new AtomicReference<>();
  private long done;
  private boolean interrupted;

  /**
   * @param concurrency most items under way
   * @param context progress and cancellation
   * @param onStop told once why it stops, so that what only waits can be failed
   */
  QuestionFlow(int concurrency, RunContext context, Consumer<RuntimeException> onStop) {
    this.concurrency = concurrency;
    this.context = context;
    this.onStop = onStop;
    this.free = new Semaphore(concurrency);
  }

  /**
   * Does all items.
   *
   * @param items how many
   * @param begin starts one; the future it gives never fails unless all is to stop
   * @throws RuntimeException the first failure as it is
   */
  void run(int items, IntFunction<CompletableFuture<?>> begin) {
    for (int i = 0; i < items && take(); i++) {
      CompletableFuture<?> unused =
          start(i, begin)
              .whenComplete(
                  (result, failure) -> {
                    try {
                      if (failure == null) {
                        progress(items);
                      } else {
                        stop(failure);
                      }
                    } finally {
                      free.release();
                    }
                  });
    }
    drain();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    Throwable failure = stopped.get();
    if (failure instanceof RuntimeException e) {
      throw e;
    } else if (failure instanceof Error e) {
      throw e;
    }
  }

  private static CompletableFuture<?> start(int i, IntFunction<CompletableFuture<?>> begin) {
    try {
      return begin.apply(i);
    } catch (Throwable e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private synchronized void progress(int items) {
    try {
      context.progress().onProgress(new Progress(STAGE, ++done, items, ""));
    } catch (Throwable e) {
      stop(e);
    }
  }

  /** Waits for a free place; false if there is to be no more. */
  private boolean take() {
    while (stopped.get() == null && !cancelled()) {
      try {
        if (free.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
          if (stopped.get() == null && !cancelled()) {
            return true;
          }
          free.release();
        }
      } catch (InterruptedException e) {
        interrupt(e);
      }
    }
    return false;
  }

  private void drain() {
    while (true) {
      try {
        if (free.tryAcquire(concurrency, POLL_MILLIS, TimeUnit.MILLISECONDS)) {
          return;
        }
        cancelled();
      } catch (InterruptedException e) {
        interrupt(e);
      }
    }
  }

  private boolean cancelled() {
    if (!context.cancellation().isCancelled()) {
      return false;
    }
    if (Thread.interrupted()) {
      interrupted = true;
    }
    stop(cancelled(null));
    return true;
  }

  private void interrupt(InterruptedException e) {
    interrupted = true;
    stop(cancelled(e));
  }

  private static OperationCancelledException cancelled(@Nullable Throwable cause) {
    return new OperationCancelledException(
        STAGE
            + " was cancelled; call again: it resumes where it has a journal, and starts over where"
            + " it has none",
        cause);
  }

  private void stop(Throwable thrown) {
    Throwable cause = thrown;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (stopped.compareAndSet(null, cause)) {
      onStop.accept(
          cause instanceof RuntimeException failure
              ? failure
              : new IllegalStateException("the run failed", cause));
    }
  }
}
