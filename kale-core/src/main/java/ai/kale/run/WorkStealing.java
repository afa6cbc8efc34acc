package ai.kale.run;

import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;

/**
 * A bounded number of threads that take each other's work: what a task gives to {@link #execute}
 * from within the pool is done by its own thread, first in, first out, unless another thread has
 * nothing to do and takes it. For tasks that do not wait for each other. A task that waits for
 * something else keeps its thread, and no other is started in its place.
 */
public final class WorkStealing implements Executor, AutoCloseable {
  /** Most threads of a pool. */
  public static final int MAX_THREADS = 32767;

  private static final long KEEP_ALIVE_SECONDS = 60;

  private final ForkJoinPool pool;

  private WorkStealing(ForkJoinPool pool) {
    this.pool = pool;
  }

  /**
   * Starts a pool of daemon threads with the caller's class loader.
   *
   * @param threads from 1 to {@value #MAX_THREADS}
   * @return the pool; close it
   */
  public static WorkStealing start(int threads) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    return new WorkStealing(
        new ForkJoinPool(
            threads,
            pool -> worker(pool, loader),
            null,
            /* asyncMode= */ true,
            threads,
            threads,
            /* minimumRunnable= */ 0,
            /* saturate= */ pool -> true,
            KEEP_ALIVE_SECONDS,
            TimeUnit.SECONDS));
  }

  private static ForkJoinWorkerThread worker(ForkJoinPool pool, ClassLoader loader) {
    ForkJoinWorkerThread thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
    thread.setName("kale-worker");
    thread.setContextClassLoader(loader);
    return thread;
  }

  /**
   * Has a task done.
   *
   * @param task throws nothing: there is nobody to catch it
   * @throws java.util.concurrent.RejectedExecutionException if the pool is closed
   */
  @Override
  public void execute(Runnable task) {
    pool.execute(task);
  }

  /**
   * Interrupts the threads, drops what was not begun, and waits for the threads to end, even if the
   * calling thread is interrupted, which it then still is. Does nothing the second time.
   */
  @Override
  public void close() {
    pool.shutdownNow();
    boolean interrupted = Thread.interrupted();
    while (true) {
      try {
        if (pool.awaitTermination(1, TimeUnit.HOURS)) {
          break;
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
