package ai.kale.examples.bench.store;

import java.util.concurrent.locks.LockSupport;

/** Samples how much heap is in use, garbage included, until it is closed. */
final class HeapWatch implements AutoCloseable {
  private static final long EVERY_NANOS = 5_000_000;

  private volatile boolean closed;
  private long peak; // guarded by this
  private final Thread thread = new Thread(this::watch, "heap-watch");

  HeapWatch() {
    thread.setDaemon(true);
    thread.start();
  }

  private void watch() {
    while (!closed) {
      peak();
      LockSupport.parkNanos(EVERY_NANOS);
    }
  }

  /** The most in use so far; bytes. */
  synchronized long peak() {
    peak = Math.max(peak, used());
    return peak;
  }

  /** Heap in use after everything that can be collected was. */
  static long live() {
    System.gc();
    System.gc();
    return used();
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  @Override
  public void close() {
    closed = true;
  }
}
