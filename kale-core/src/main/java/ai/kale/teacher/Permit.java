package ai.kale.teacher;

/**
 * Leave to send one request now, from {@link RateLimiter#acquire}. End it with one of {@link
 * #settle}, {@link #keep} and {@link #cancel}; calls after the first of them do nothing. A permit
 * that is never ended counts as one that was kept.
 */
public final class Permit {
  private final RateLimiter limiter;
  private final SlidingLog.Entry entry;
  private final double paced;
  private long sent;
  private boolean ended;

  Permit(RateLimiter limiter, SlidingLog.Entry entry, double paced, long sent) {
    this.limiter = limiter;
    this.entry = entry;
    this.paced = paced;
    this.sent = sent;
  }

  /**
   * Says that the request leaves only now. Needed where a permit may lie around before it is used,
   * for example in the queue of a busy executor; call it right before sending.
   */
  public synchronized void sending() {
    if (!ended) {
      sent = limiter.sending(entry);
    }
  }

  /**
   * A reply came. Tokens that were reserved and not used are free at once; more than were reserved
   * count too.
   *
   * @param actualTokens tokens read and written, not negative
   */
  public void settle(long actualTokens) {
    if (actualTokens < 0) {
      throw new IllegalArgumentException("tokens must not be negative; got " + actualTokens);
    }
    if (end()) {
      limiter.settled(entry, paced, sent, actualTokens);
    }
  }

  /**
   * The request went out, and what it cost is not known: no reply came, or an error, or one that
   * counts no tokens. All that was reserved counts.
   */
  public void keep() {
    end();
  }

  /** Nothing was sent: nothing counts. */
  public void cancel() {
    if (end()) {
      limiter.cancelled(entry, paced);
    }
  }

  private synchronized boolean end() {
    boolean first = !ended;
    ended = true;
    return first;
  }
}
