package ai.kale.examples.bench.path.run;

import java.util.concurrent.locks.LockSupport;

/** Calls an action once a deadline is passed, from a thread of its own; checks every 2 ms. */
final class Watchdog implements AutoCloseable {
  private static final long EVERY_NANOS = 2_000_000;
  private static final long NEVER = Long.MAX_VALUE;

  private final Runnable action;
  private final Thread thread = new Thread(this::watch, "watchdog");
  private long deadline = NEVER; // guarded by this, as is fired
  private boolean fired;
  private volatile boolean closed;

  Watchdog(Runnable action) {
    this.action = action;
    thread.setDaemon(true);
    thread.start();
  }

  /** Sets the deadline, a value of {@link System#nanoTime}. */
  synchronized void arm(long newDeadline) {
    fired = false;
    deadline = newDeadline;
  }

  /** Takes the deadline back; whether it was too late for that. */
  synchronized boolean disarm() {
    deadline = NEVER;
    return fired;
  }

  private void watch() {
    while (!closed) {
      fireIfDue();
      LockSupport.parkNanos(EVERY_NANOS);
    }
  }

  private synchronized void fireIfDue() {
    if (deadline != NEVER && System.nanoTime() - deadline >= 0) {
      deadline = NEVER;
      fired = true;
      action.run();
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
