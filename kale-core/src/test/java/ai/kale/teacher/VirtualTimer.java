package ai.kale.teacher;

import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Time that passes only when told to; tasks run in the order of their times, on the thread that
 * lets it pass.
 */
final class VirtualTimer implements Timer {
  private record Task(long at, long number, Runnable action) {}

  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::number));
  private long now;
  private long added;

  @Override
  public synchronized long now() {
    return now;
  }

  @Override
  public synchronized Runnable after(long nanos, Runnable action) {
    Task task = new Task(now + Math.max(0, nanos), added++, action);
    tasks.add(task);
    return () -> remove(task);
  }

  private synchronized void remove(Task task) {
    tasks.remove(task);
  }

  /** Lets time pass up to a moment. */
  void runUntil(long end) {
    for (Task task = next(end); task != null; task = next(end)) {
      task.action().run();
    }
  }

  private synchronized @Nullable Task next(long end) {
    if (tasks.isEmpty() || tasks.peek().at() > end) {
      now = Math.max(now, end);
      return null;
    }
    Task task = tasks.remove();
    now = Math.max(now, task.at());
    return task;
  }

  @Override
  public synchronized void close() {
    tasks.clear();
  }
}
