package ai.kale.kg.path;

import ai.kale.PathQuery;
import ai.kale.data.PathReport;
import java.util.function.LongSupplier;

/**
 * What one search may still spend: arcs, time, and until its thread is interrupted. The clock and
 * the interrupt are looked at every few thousand steps, so that a step costs a few additions. Once
 * cut it stays cut, by the first reason; the thread's interrupt flag is never cleared.
 */
final class SearchBudget {
  private static final int STEPS_PER_CHECK = 4096;

  private final LongSupplier nanos;
  private final long maxArcs;
  private final long maxNanos;
  private final long start;
  private long arcs;
  private int steps;
  private String cut = "";

  /** Starts the clock, and looks at the interrupt. */
  SearchBudget(PathQuery query) {
    this(query, System::nanoTime);
  }

  SearchBudget(PathQuery query, LongSupplier nanos) {
    this.nanos = nanos;
    maxArcs = query.maxArcs();
    maxNanos = query.maxTime().map(SearchBudget::nanos).orElse(Long.MAX_VALUE);
    start = maxNanos == Long.MAX_VALUE ? 0 : nanos.getAsLong();
    check();
  }

  private static long nanos(java.time.Duration time) {
    return time.toSeconds() >= Long.MAX_VALUE / 1_000_000_000 ? Long.MAX_VALUE : time.toNanos();
  }

  /** Counts one arc; false if the search is cut, and then the arc must not be used. */
  boolean takeArc() {
    if (!step()) {
      return false;
    }
    if (arcs == maxArcs) {
      cut = PathReport.MAX_ARCS;
      return false;
    }
    arcs++;
    return true;
  }

  /**
   * Counts many arcs at once, for those who read whole rows of arrays.
   *
   * @param wanted arcs to read, 0 or more
   * @return how many may be read; fewer than wanted if the search is cut
   */
  long takeArcs(long wanted) {
    if (!isCut() && (steps += (int) Math.min(wanted, STEPS_PER_CHECK)) >= STEPS_PER_CHECK) {
      check();
    }
    if (isCut()) {
      return 0;
    }
    long granted = Math.min(wanted, maxArcs - arcs);
    arcs += granted;
    if (granted < wanted) {
      cut = PathReport.MAX_ARCS;
    }
    return granted;
  }

  /** Counts a step that reads no arc; false if the search is cut. */
  boolean step() {
    return ++steps < STEPS_PER_CHECK ? cut.isEmpty() : check();
  }

  /** Looks at the clock and the interrupt now, as after each answer of a store; false if cut. */
  boolean check() {
    steps = 0;
    if (cut.isEmpty() && Thread.currentThread().isInterrupted()) {
      cut = PathReport.INTERRUPTED;
    }
    if (cut.isEmpty() && maxNanos != Long.MAX_VALUE && nanos.getAsLong() - start >= maxNanos) {
      cut = PathReport.MAX_TIME;
    }
    return cut.isEmpty();
  }

  /** Whether the search must end. */
  boolean isCut() {
    return !cut.isEmpty();
  }

  /** Why, as {@link PathReport} says it; empty if not cut. */
  String cut() {
    return cut;
  }

  /** Arcs read so far. */
  long arcs() {
    return arcs;
  }
}
