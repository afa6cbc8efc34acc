package ai.kale.run;

import ai.kale.error.OperationCancelledException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Applies a function to every item of a list with a bounded number of threads; results come in the
 * order of the items whatever the number of threads.
 */
public final class Parallel {
  private Parallel() {}

  /**
   * Maps a list.
   *
   * <p>Progress is reported after each item. On the first failure no new item is begun, those begun
   * are waited for, and the failure is thrown as it is. Interrupting the calling thread, or the
   * context's token, stops in the same way.
   *
   * @param <A> type of the items
   * @param <B> type of the results
   * @param items what to map
   * @param threads most items at once, at least 1; with 1 the calling thread does the work
   * @param stage name for progress and messages
   * @param context progress and cancellation
   * @param function applied to each item once; thread-safe if {@code threads > 1}
   * @return one result for each item, in order
   * @throws OperationCancelledException if cancelled
   */
  public static <A, B> List<B> map(
      List<A> items, int threads, String stage, RunContext context, Function<A, B> function) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1; got " + threads);
    }
    int workers = Math.min(threads, items.size());
    if (workers <= 1) {
      return inThisThread(items, stage, context, function);
    }
    Job<A, B> job = new Job<>(items, stage, context, function);
    ExecutorService pool = Executors.newFixedThreadPool(workers, Parallel::daemon);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < workers; i++) {
        running.add(pool.submit(job::work));
      }
      for (Future<?> worker : running) {
        worker.get();
      }
    } catch (InterruptedException e) {
      job.stop.set(true);
      pool.shutdownNow();
      Thread.currentThread().interrupt();
      throw new OperationCancelledException(
          stage
              + " was interrupted; call again: it resumes where it has a journal or a checkpoint, and"
              + " starts over where it has none",
          e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a worker of " + stage + " failed", e.getCause());
    } finally {
      pool.shutdown();
      awaitUninterruptibly(pool);
    }
    return job.result();
  }

  private static <A, B> List<B> inThisThread(
      List<A> items, String stage, RunContext context, Function<A, B> function) {
    List<B> results = new ArrayList<>(items.size());
    for (A item : items) {
      context.cancellation().throwIfCancelled(stage);
      results.add(function.apply(item));
      context.progress().onProgress(new Progress(stage, results.size(), items.size(), ""));
    }
    return Collections.unmodifiableList(results);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "kale-worker");
    thread.setDaemon(true);
    return thread;
  }

  private static void awaitUninterruptibly(ExecutorService pool) {
    boolean interrupted = Thread.interrupted();
    while (true) {
      try {
        if (pool.awaitTermination(1, TimeUnit.HOURS)) {
          break;
        }
      } catch (InterruptedException e) {
        interrupted = true;
        pool.shutdownNow();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** What the workers of one call share. */
  private static final class Job<A, B> {
    private final List<A> items;
    private final String stage;
    private final RunContext context;
    private final Function<A, B> function;
    private final List<@Nullable B> results;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicLong done = new AtomicLong();
    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    Job(List<A> items, String stage, RunContext context, Function<A, B> function) {
      this.items = items;
      this.stage = stage;
      this.context = context;
      this.function = function;
      this.results = new ArrayList<>(Collections.nCopies(items.size(), null));
    }

    void work() {
      try {
        while (!stop.get()) {
          int index = next.getAndIncrement();
          if (index >= items.size()) {
            return;
          }
          context.cancellation().throwIfCancelled(stage);
          B result = function.apply(items.get(index));
          synchronized (results) {
            results.set(index, result);
          }
          context
              .progress()
              .onProgress(new Progress(stage, done.incrementAndGet(), items.size(), ""));
        }
      } catch (RuntimeException | Error e) {
        stop.set(true);
        failure.compareAndSet(null, e);
      }
    }

    @SuppressWarnings("NullAway") // every slot is filled when no worker failed
    List<B> result() {
      Throwable first = failure.get();
      if (first instanceof RuntimeException e) {
        throw e;
      }
      if (first instanceof Error e) {
        throw e;
      }
      synchronized (results) {
        return Collections.unmodifiableList(results);
      }
    }
  }
}
