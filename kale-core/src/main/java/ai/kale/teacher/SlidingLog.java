package ai.kale.teacher;

import java.util.Comparator;
import java.util.TreeSet;

/** What counts against a limit at the moment: entries, each until a time of its own. */
final class SlidingLog {
  /** A request, or the part of one that was not foreseen. */
  static final class Entry {
    private final long number;
    private final int requests;
    private long tokens;
    private long expires;

    private Entry(long number, int requests, long tokens, long expires) {
      this.number = number;
      this.requests = requests;
      this.tokens = tokens;
      this.expires = expires;
    }

    long tokens() {
      return tokens;
    }
  }

  private final long maxRequests;
  private final long maxTokens;
  private final TreeSet<Entry> entries =
      new TreeSet<>(
          Comparator.comparingLong((Entry e) -> e.expires).thenComparingLong(e -> e.number));
  private long requests;
  private long tokens;
  private long added;

  SlidingLog(RateLimit limit) {
    maxRequests = limit.limitsRequests() ? limit.requestsPerMinute() : Long.MAX_VALUE;
    maxTokens = limit.limitsTokens() ? limit.tokensPerMinute() : Long.MAX_VALUE;
  }

  Entry add(int requestCount, long tokenCount, long expires) {
    Entry entry = new Entry(added++, requestCount, tokenCount, expires);
    put(entry);
    return entry;
  }

  /** Takes an entry out; false if it had expired. */
  boolean remove(Entry entry) {
    if (!entries.remove(entry)) {
      return false;
    }
    requests -= entry.requests;
    tokens -= entry.tokens;
    return true;
  }

  /** Changes an entry that has not expired. */
  void change(Entry entry, long tokenCount, long expires) {
    if (remove(entry)) {
      entry.tokens = tokenCount;
      entry.expires = expires;
      put(entry);
    }
  }

  /** Changes the time of an entry, bringing it back if it had expired. */
  void extend(Entry entry, long expires) {
    remove(entry);
    entry.expires = expires;
    put(entry);
  }

  /** Forgets what has expired. */
  void purge(long now) {
    while (!entries.isEmpty() && entries.first().expires <= now) {
      remove(entries.first());
    }
  }

  /** The first time at which one more request fits, if nothing is added until then; O(expiries). */
  long readyAt(long tokenCount, long now) {
    long requestsLeft = requests;
    long tokensLeft = tokens;
    long ready = now;
    for (Entry entry : entries) {
      if (requestsLeft < maxRequests && tokensLeft <= maxTokens - tokenCount) {
        break;
      }
      requestsLeft -= entry.requests;
      tokensLeft -= entry.tokens;
      ready = Math.max(ready, entry.expires);
    }
    return ready;
  }

  private void put(Entry entry) {
    entries.add(entry);
    requests += entry.requests;
    tokens += entry.tokens;
  }
}
