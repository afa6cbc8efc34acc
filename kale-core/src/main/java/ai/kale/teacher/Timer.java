package ai.kale.teacher;

/** Time and waiting, replaced in tests. */
interface Timer extends AutoCloseable {
  /** Nanoseconds since some fixed moment, never going back. */
  long now();

  /**
   * Runs a task later, on a thread of the timer.
   *
   * @param nanos how much later
   * @param task what to run
   * @return call it to take the task back, if it has not started
   */
  Runnable after(long nanos, Runnable task);

  @Override
  void close();
}
