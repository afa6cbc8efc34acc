package ai.kale.kg.path;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.PathQuery;
import ai.kale.data.PathReport;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SearchBudgetTest {
  private static final PathQuery QUERY = PathQuery.between(new int[0], new int[0]);

  @Test
  void arcsAreCountedAndTheLimitIsTheLastThatMayBeRead() {
    SearchBudget budget = new SearchBudget(QUERY.withMaxArcs(3));
    for (int i = 0; i < 3; i++) {
      assertThat(budget.takeArc()).isTrue();
    }
    assertThat(budget.isCut()).isFalse();
    assertThat(budget.takeArc()).isFalse();
    assertThat(budget.takeArc()).isFalse();
    assertThat(budget.arcs()).isEqualTo(3);
    assertThat(budget.cut()).isEqualTo(PathReport.MAX_ARCS);
    assertThat(budget.step()).isFalse();
  }

  @Test
  void manyArcsAreGrantedAsFarAsTheyGo() {
    SearchBudget budget = new SearchBudget(QUERY.withMaxArcs(10_000));
    assertThat(budget.takeArcs(9_000)).isEqualTo(9_000);
    assertThat(budget.takeArcs(1_000)).isEqualTo(1_000);
    assertThat(budget.isCut()).isFalse();
    assertThat(budget.takeArcs(1)).isZero();
    assertThat(budget.cut()).isEqualTo(PathReport.MAX_ARCS);
    SearchBudget small = new SearchBudget(QUERY.withMaxArcs(10));
    assertThat(small.takeArcs(11)).isEqualTo(10);
    assertThat(small.isCut()).isTrue();
    assertThat(small.takeArcs(1)).isZero();
    assertThat(small.arcs()).isEqualTo(10);
  }

  @Test
  void timeIsLookedAtEverySoOften() {
    AtomicLong now = new AtomicLong(5);
    AtomicLong looks = new AtomicLong();
    SearchBudget budget =
        new SearchBudget(
            QUERY.withMaxTime(Duration.ofNanos(100)),
            () -> {
              looks.incrementAndGet();
              return now.get();
            });
    now.set(104);
    for (int i = 0; i < 100_000; i++) {
      assertThat(budget.takeArc()).isTrue();
    }
    assertThat(looks.get()).isBetween(10L, 100L);
    now.set(105);
    assertThat(budget.check()).isFalse();
    assertThat(budget.cut()).isEqualTo(PathReport.MAX_TIME);
    assertThat(budget.takeArc()).isFalse();
    assertThat(budget.arcs()).isEqualTo(100_000);
  }

  @Test
  void theLongestTimeIsNoLimit() {
    SearchBudget budget =
        new SearchBudget(QUERY.withMaxTime(Duration.ofSeconds(Long.MAX_VALUE)), () -> 0);
    assertThat(budget.check()).isTrue();
  }

  @Test
  void anInterruptCutsAndTheFlagStays() {
    SearchBudget budget = new SearchBudget(QUERY);
    Thread.currentThread().interrupt();
    try {
      int steps = 0;
      while (budget.step()) {
        steps++;
      }
      assertThat(steps).isLessThan(10_000);
      assertThat(budget.cut()).isEqualTo(PathReport.INTERRUPTED);
      assertThat(new SearchBudget(QUERY).isCut()).isTrue();
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(budget.check()).as("once cut it stays cut").isFalse();
  }
}
