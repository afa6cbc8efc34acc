package ai.kale.examples.bench.path.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.examples.bench.path.data.IntRows;
import ai.kale.examples.bench.path.find.PathSearch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class CellRunTest {
  private static final IntRows PAIRS = new IntRows(2, new int[] {1, 2, 3, 4, 5, 6});
  private static final Cell CELL = new Cell(2, 10);

  private final List<Integer> asked = new ArrayList<>();

  /** Answers at once, but for source 3, where it searches until it is interrupted. */
  private PathSearch search() {
    return (source, target, hops, maxPaths) ->
        () -> {
          asked.add(source);
          return source == 3 ? endless() : new PathSearch.Found(source, 7);
        };
  }

  private static PathSearch.Found endless() {
    try {
      new CountDownLatch(1).await();
      throw new AssertionError("nobody counts down");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException();
    }
  }

  @Test
  void aQueryIsStoppedAtItsLimitAndTheNextOneIsAsked() {
    CellResult result = new CellRun(search(), new Limits(0.02, 60, 0)).run(CELL, PAIRS);

    assertThat(result.failure()).isEmpty();
    assertThat(result.queries()).extracting(QueryTime::stopped).containsExactly(false, true, false);
    assertThat(result.queries()).extracting(QueryTime::paths).containsExactly(1L, 0L, 5L);
    assertThat(result.queries()).extracting(QueryTime::arcs).containsExactly(7L, -1L, 7L);
    assertThat(result.queries().get(1).nanos()).isGreaterThanOrEqualTo(20_000_000);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void onceTheTimeOfTheCellIsUpTheRestIsNotAsked() {
    CellResult result = new CellRun(search(), new Limits(0.02, 0.01, 0)).run(CELL, PAIRS);

    assertThat(result.queries()).hasSizeLessThan(3);
    assertThat(asked).doesNotContain(5);
  }

  @Test
  void warmingUpAsksWithoutCounting() {
    new CellRun(search(), new Limits(0.02, 60, 0.05)).run(CELL, PAIRS);

    assertThat(asked).hasSizeGreaterThan(3).startsWith(1).endsWith(1, 3, 5);
  }

  @Test
  void whatFailsByItselfIsNoTimeLimit() {
    PathSearch broken =
        (source, target, hops, maxPaths) ->
            () -> {
              throw new IllegalStateException("broken");
            };

    assertThatThrownBy(() -> new CellRun(broken, new Limits(9, 9, 0)).run(CELL, PAIRS))
        .hasMessage("broken");
  }
}
