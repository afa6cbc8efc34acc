package ai.kale.teacher;

/** Which share of the tokens reserved the last replies did use; all of them before any reply. */
final class ReservationUse {
  private static final double WEIGHT = 0.05;
  private static final double LEAST = 0.01;

  private double reserved = 1;
  private double used = 1;

  void add(long reservedTokens, long usedTokens) {
    reserved += WEIGHT * (reservedTokens - reserved);
    used += WEIGHT * (usedTokens - used);
  }

  double share() {
    return reserved <= 0 ? 1 : Math.max(LEAST, used / reserved);
  }
}
