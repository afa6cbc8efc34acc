package ai.kale.examples.bench.path.run;

import ai.kale.examples.bench.path.data.IntRows;
import ai.kale.examples.bench.path.find.PathSearch;
import java.util.ArrayList;
import java.util.List;

/** Asks one question after the other, in one thread, with a time limit for each and for all. */
final class CellRun {
  private static final double NANOS = 1e9;

  private final PathSearch search;
  private final Limits limits;

  CellRun(PathSearch search, Limits limits) {
    this.search = search;
    this.limits = limits;
  }

  /**
   * Warms up, then times every pair once.
   *
   * @param cell what to ask
   * @param pairs of whom
   * @return a time for each pair asked
   */
  CellResult run(Cell cell, IntRows pairs) {
    long warm = System.nanoTime() + (long) (limits.warmUp() * NANOS);
    boolean more = limits.warmUp() > 0 && pairs.size() > 0;
    while (more) {
      more = ask(cell, pairs, warm).size() == pairs.size() && System.nanoTime() - warm < 0;
    }
    long end = System.nanoTime() + (long) (limits.cell() * NANOS);
    return new CellResult(cell, ask(cell, pairs, end), "");
  }

  private List<QueryTime> ask(Cell cell, IntRows pairs, long end) {
    List<QueryTime> times = new ArrayList<>();
    Thread searcher = Thread.currentThread();
    try (Watchdog watchdog = new Watchdog(() -> search.cancel(searcher))) {
      for (int i = 0; i < pairs.size() && System.nanoTime() - end < 0; i++) {
        PathSearch.Question question =
            search.ask(pairs.at(i, 0), pairs.at(i, 1), cell.hops(), cell.maxPaths());
        times.add(time(question, watchdog));
      }
    }
    return times;
  }

  private QueryTime time(PathSearch.Question question, Watchdog watchdog) {
    PathSearch.Found found = PathSearch.Found.of(0);
    RuntimeException thrown = null;
    long start = System.nanoTime();
    watchdog.arm(start + (long) (limits.query() * NANOS));
    try {
      found = question.find();
    } catch (RuntimeException e) {
      thrown = e;
    }
    long nanos = System.nanoTime() - start;
    boolean stopped = watchdog.disarm();
    if (stopped) {
      clearInterrupt();
      search.reset();
      return new QueryTime(nanos, 0, QueryTime.UNKNOWN, true);
    }
    if (thrown != null) {
      throw thrown;
    }
    return new QueryTime(nanos, found.paths(), found.arcs(), false);
  }

  @SuppressWarnings("CheckReturnValue") // called to clear it
  private static void clearInterrupt() {
    Thread.interrupted();
  }
}
