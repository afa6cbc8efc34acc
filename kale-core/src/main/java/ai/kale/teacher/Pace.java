package ai.kale.teacher;

/**
 * Spreads what is allowed evenly over the window: the n-th unit is due n intervals after the first.
 * What was not used comes back for a sixtieth of the window at most.
 */
final class Pace {
  private final double nanosPerUnit;
  private final long catchUp;
  private long next;

  /**
   * @param limit units in a window, 0 for no limit
   * @param window in nanoseconds
   */
  Pace(long limit, long window) {
    nanosPerUnit = limit == 0 ? 0 : (double) window / limit;
    catchUp = window / 60;
  }

  /** When the next units are due. */
  long readyAt() {
    return next;
  }

  void take(double units, long now) {
    next = Math.max(next, now - catchUp) + (long) (units * nanosPerUnit);
  }

  /** Gives units back, or takes more where negative. */
  void give(double units) {
    next -= (long) (units * nanosPerUnit);
  }
}
