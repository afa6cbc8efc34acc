package ai.kale.teacher;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that passes only when told to; tasks run in the order of their times, on this thread. */
final class VirtualTimer implements Timer {
  private record Task(long at, long number, Runnable action) {}

  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::number));
  private long now;
  private long added;

  @Override
  public long now() {
    return now;
  }

  @Override
  public Runnable after(long nanos, Runnable action) {
    Task task = new Task(now + Math.max(0, nanos), added++, action);
    tasks.add(task);
    return () -> tasks.remove(task);
  }

  /** Lets time pass up to a moment. */
  void runUntil(long end) {
    while (!tasks.isEmpty() && tasks.peek().at() <= end) {
      Task task = tasks.remove();
      now = Math.max(now, task.at());
      task.action().run();
    }
    now = Math.max(now, end);
  }

  @Override
  public void close() {
    tasks.clear();
  }
}
