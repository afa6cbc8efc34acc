package ai.kale.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.OperationCancelledException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ParallelTest {
  private final List<Integer> items = IntStream.range(0, 200).boxed().toList();

  @Test
  void keepsTheOrderForAnyNumberOfThreads() {
    List<Integer> squares = items.stream().map(i -> i * i).toList();
    for (int threads : new int[] {1, 2, 7, 500}) {
      assertThat(Parallel.map(items, threads, "square", RunContext.silent(), i -> i * i))
          .isEqualTo(squares);
    }
    assertThat(Parallel.map(List.<Integer>of(), 4, "none", RunContext.silent(), i -> i)).isEmpty();
  }

  @Test
  void reportsEveryItem() {
    Set<Long> done = ConcurrentHashMap.newKeySet();
    RunContext context = new RunContext(p -> done.add(p.done()), new CancellationToken());
    Parallel.map(items, 3, "count", context, i -> i);
    assertThat(done).hasSize(200).contains(1L, 200L);
  }

  @Test
  void stopsAtTheFirstFailureAndThrowsItAsItIs() {
    AtomicInteger begun = new AtomicInteger();
    IllegalStateException boom = new IllegalStateException("boom");
    assertThatThrownBy(
            () ->
                Parallel.map(
                    items,
                    2,
                    "fail",
                    RunContext.silent(),
                    i -> {
                      begun.incrementAndGet();
                      throw boom;
                    }))
        .isSameAs(boom);
    assertThat(begun.get()).isLessThanOrEqualTo(2);
  }

  @Test
  void cancelsByTokenAndByInterrupt() throws InterruptedException {
    CancellationToken token = new CancellationToken();
    RunContext context = new RunContext(p -> token.cancel(), token);
    assertThatThrownBy(() -> Parallel.map(items, 2, "cancel", context, i -> i))
        .isInstanceOf(OperationCancelledException.class);

    CountDownLatch started = new CountDownLatch(1);
    AtomicInteger seen = new AtomicInteger();
    Thread caller =
        new Thread(
            () -> {
              try {
                Parallel.map(items, 2, "sleep", RunContext.silent(), i -> sleep(started));
              } catch (OperationCancelledException e) {
                seen.set(Thread.currentThread().isInterrupted() ? 2 : 1);
              }
            });
    caller.start();
    started.await();
    caller.interrupt();
    caller.join();
    assertThat(seen.get()).isEqualTo(2);
  }

  private static int sleep(CountDownLatch started) {
    started.countDown();
    try {
      Thread.sleep(15_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 0;
  }
}
