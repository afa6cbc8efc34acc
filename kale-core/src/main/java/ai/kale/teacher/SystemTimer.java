package ai.kale.teacher;

import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The system's clock and one daemon thread. */
final class SystemTimer implements Timer {
  private final long start = System.nanoTime();
  private final ScheduledThreadPoolExecutor executor;

  SystemTimer(String threadName) {
    executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, threadName);
              thread.setDaemon(true);
              return thread;
            });
    executor.setRemoveOnCancelPolicy(true);
  }

  @Override
  public long now() {
    return System.nanoTime() - start;
  }

  @Override
  public Runnable after(long nanos, Runnable task) {
    try {
      Future<?> future = executor.schedule(task, nanos, TimeUnit.NANOSECONDS);
      return () -> future.cancel(false);
    } catch (RejectedExecutionException e) {
      return () -> {}; // closed: nobody waits any more
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
