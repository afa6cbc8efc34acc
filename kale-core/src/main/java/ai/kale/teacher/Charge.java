package ai.kale.teacher;

import ai.kale.spi.TeacherModel.Reply;

/** What an attempt counts with in a budget: as the reply says, else what was set aside. */
record Charge(long promptTokens, long completionTokens) {
  private static final long MOST = 1_000_000_000;

  /** No count of a real reply is larger; sums of those that are must not overflow. */
  static Reply counted(Reply reply) {
    return new Reply(
        reply.text(),
        Math.min(MOST, reply.promptTokens()),
        Math.min(MOST, reply.completionTokens()),
        reply.ending());
  }

  /** What the reply itself says. */
  static Charge of(Reply reply) {
    return new Charge(reply.promptTokens(), reply.completionTokens());
  }

  /** A side that the reply does not count is taken from what was set aside. */
  static Charge of(Reply reply, BudgetLedger.Reservation setAside) {
    boolean wroteNothing = reply.promptTokens() > 0 && reply.text().isEmpty();
    return new Charge(
        reply.promptTokens() > 0 ? reply.promptTokens() : setAside.promptTokens(),
        reply.completionTokens() > 0 || wroteNothing
            ? reply.completionTokens()
            : setAside.completionTokens());
  }

  /** Whether the reply counted both sides. */
  boolean isCounted(Reply reply) {
    return equals(of(reply));
  }
}
