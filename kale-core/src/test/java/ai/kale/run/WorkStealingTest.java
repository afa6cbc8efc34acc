package ai.kale.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class WorkStealingTest {
  private final Queue<ClassLoader> loaders = new ConcurrentLinkedQueue<>();

  @Test
  void whatATaskGivesIsTakenByThreadsWithNothingToDo() throws IOException, InterruptedException {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(new URL[0], before)) {
      Thread.currentThread().setContextClassLoader(loader);
      Set<Thread> threads = threeAtOnce();
      assertThat(threads).hasSize(3).allMatch(Thread::isDaemon);
      assertThat(threads).extracting(Thread::getName).containsOnly("kale-worker");
      assertThat(loaders).hasSize(3).containsOnly(loader);
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  private Set<Thread> threeAtOnce() throws InterruptedException {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    CountDownLatch together = new CountDownLatch(3);
    CountDownLatch done = new CountDownLatch(3);
    try (WorkStealing pool = WorkStealing.start(3)) {
      pool.execute(
          () -> {
            for (int i = 0; i < 3; i++) {
              pool.execute(
                  () -> {
                    threads.add(Thread.currentThread());
                    loaders.add(Thread.currentThread().getContextClassLoader());
                    together.countDown();
                    await(together);
                    done.countDown();
                  });
            }
          });
      done.await();
    }
    return threads;
  }

  @Test
  void closingInterruptsTheThreadsAndWaitsForThemEvenIfInterrupted() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();
    WorkStealing pool = WorkStealing.start(2);
    pool.execute(
        () -> {
          begun.countDown();
          await(new CountDownLatch(1));
          ended.set(true);
        });
    begun.await();
    Thread.currentThread().interrupt();
    pool.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(ended).isTrue();
    pool.close();
    assertThatThrownBy(() -> pool.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
