package ai.kale.kg.io;

import ai.kale.error.OperationCancelledException;
import ai.kale.kg.graph.TripleBatch;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads on one thread and builds on another: a reader fills batches on a thread of its own, the
 * caller's thread takes them in the same order. When either side fails or is interrupted, both end.
 */
final class BatchPipe implements AutoCloseable {
  private static final int BATCHES = 8;

  /** Fills batches. */
  @FunctionalInterface
  interface Reader {
    /**
     * Reads everything.
     *
     * @param pipe where full batches go
     * @throws InterruptedException if the other side has ended
     */
    void read(BatchPipe pipe) throws InterruptedException;
  }

  private final BlockingQueue<TripleBatch> empty = new ArrayBlockingQueue<>(BATCHES);
  private final BlockingQueue<TripleBatch> full = new ArrayBlockingQueue<>(BATCHES + 1);
  private final TripleBatch end = new TripleBatch();
  private final Thread reader;
  private volatile @Nullable Throwable failure;

  BatchPipe(String name, Reader body) {
    for (int i = 0; i < BATCHES; i++) {
      empty.add(new TripleBatch());
    }
    reader =
        new Thread(
            () -> {
              try {
                body.read(this);
              } catch (Throwable e) {
                failure = e;
              } finally {
                full.add(end);
              }
            },
            name);
    reader.setDaemon(true);
    reader.start();
  }

  /** For the reader: a batch to fill. */
  TripleBatch take() throws InterruptedException {
    TripleBatch batch = empty.take();
    batch.clear();
    return batch;
  }

  /** For the reader: a batch that is filled. */
  void put(TripleBatch batch) {
    full.add(batch);
  }

  /**
   * Takes every batch until the reader ends.
   *
   * @throws OperationCancelledException if this thread is interrupted
   */
  void drain(Consumer<TripleBatch> consumer) {
    try {
      for (TripleBatch batch = full.take(); batch != end; batch = full.take()) {
        consumer.accept(batch);
        empty.add(batch);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OperationCancelledException("loading was interrupted; load again", e);
    }
    Throwable thrown = failure;
    if (thrown instanceof RuntimeException e) {
      throw e;
    }
    if (thrown instanceof Error e) {
      throw e;
    }
    if (thrown != null) {
      throw new IllegalStateException("the reader ended early", thrown);
    }
  }

  /** Ends the reader. */
  @Override
  public void close() {
    reader.interrupt();
    boolean interrupted = false;
    while (reader.isAlive()) {
      try {
        reader.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
