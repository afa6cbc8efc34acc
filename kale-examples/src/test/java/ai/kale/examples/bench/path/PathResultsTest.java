package ai.kale.examples.bench.path;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.examples.bench.path.find.PathContender;
import ai.kale.examples.bench.path.run.Cell;
import ai.kale.examples.bench.path.run.CellResult;
import ai.kale.examples.bench.path.run.QueryTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sums, ratios and comparisons of results made by hand. */
class PathResultsTest {
  private static final Cell CELL = new Cell(3, 16);

  private static QueryTime done(int millis, long paths) {
    return new QueryTime(millis * 1_000_000L, paths, 500, false);
  }

  private static QueryTime stopped() {
    return new QueryTime(2_100_000_000, 0, -1, true);
  }

  private static CellResult result(QueryTime... queries) {
    return new CellResult(CELL, List.of(queries), "");
  }

  @Test
  void aQueryTakesTheMedianOfItsRoundsAndTheLimitWhereItWasStopped() {
    CellSummary sum =
        CellSummary.of(
            List.of(
                result(done(5, 4), stopped()),
                result(done(1, 4), stopped(), done(8, 1)),
                result(done(2, 4), stopped())),
            2);

    assertThat(sum.seconds()).containsExactly(0.002, 2, 0.008);
    assertThat(sum.stopped()).isEqualTo(1);
    assertThat(sum.paths()).isEqualTo(5);
    assertThat(sum.pathsPerSecond()).isEqualTo(500);
    assertThat(sum.arcsPerSecond()).isEqualTo(100_000);
    assertThat(sum.bounded(0.99)).isTrue();
    assertThat(sum.bounded(0.5)).isFalse();
    assertThat(sum.first(1).seconds()).containsExactly(0.002);
  }

  @Test
  void contendersThatCountTheSameAreHeldAgainstEachOther() {
    List<PathOutcome> outcomes = new ArrayList<>();
    outcomes.add(outcome(PathContender.EXACT, done(1, 4), done(1, 3)));
    outcomes.add(outcome(PathContender.NEO4J, done(9, 4), stopped()));
    outcomes.add(outcome(PathContender.PATHENUM, done(9, 2), done(1, 2)));
    assertThat(new CrossCheck(outcomes).mismatches()).isEmpty();
    assertThat(new CrossCheck(outcomes).compared()).isEqualTo(1);

    outcomes.add(outcome(PathContender.BFS, done(9, 4), done(1, 2)));

    assertThat(new CrossCheck(outcomes).mismatches())
        .containsExactly("g, L=3, K=16, query 2: exact 3 paths, bfs 2");
  }

  @Test
  void ratiosAreOfQueriesThatBothWereAskedAndBoundsAreMarked() {
    List<PathOutcome> outcomes =
        List.of(
            outcome(PathContender.EXACT, done(1, 4), done(2, 3), done(900, 3)),
            outcome(PathContender.NEO4J, done(3, 4), stopped()),
            outcome(PathContender.BFS));

    List<String> rows = new PathsTables(outcomes, 3, 2).of("g").lines().toList();

    assertThat(rows.get(2)).startsWith("| KALE exact | 3 | 16 | arcs | 2.00 | 900 | 301 |");
    assertThat(rows.get(2)).endsWith("| 11 | 1,661 | 10 | 0 | 0 | 1.00× | 1.00× |");
    assertThat(rows.get(3)).startsWith("| KALE brute force |").endsWith("| 3 | – | – |");
    assertThat(rows.get(4))
        .contains("| >2,000 | >1,002 |")
        .endsWith("| 4 | 1 | 1 | 668× | >668× |");
  }

  private static PathOutcome outcome(PathContender who, QueryTime... queries) {
    return new PathOutcome("g", who, 1, result(queries));
  }
}
