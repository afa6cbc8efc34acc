package ai.kale.tck;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** What a {@link ChatCompletionsServer} saw and did. Safe for use by several threads. */
public final class ServerStatistics {
  private record Arrival(long nanos, long tokens) {}

  private final List<Arrival> arrivals = new ArrayList<>();
  private final Map<String, Integer> asked = new HashMap<>();
  private final Map<String, Integer> completed = new HashMap<>();
  private final Map<ServerFault, Integer> faults = new EnumMap<>(ServerFault.class);

  ServerStatistics() {}

  /** Counts a request and says how often its prompt was asked before. */
  synchronized int arrived(String promptHash, long nanos, long tokens) {
    arrivals.add(new Arrival(nanos, tokens));
    return asked.merge(promptHash, 1, Integer::sum) - 1;
  }

  synchronized void faulted(ServerFault fault) {
    faults.merge(fault, 1, Integer::sum);
  }

  synchronized void completed(String promptHash) {
    completed.merge(promptHash, 1, Integer::sum);
  }

  /** Requests read. */
  public synchronized int requests() {
    return arrivals.size();
  }

  /** How often each fault was committed. */
  public synchronized Map<ServerFault, Integer> faults() {
    return new EnumMap<>(faults);
  }

  /** Whole replies sent, those without a text too, by {@link ChatRequest#promptHash}. */
  public synchronized Map<String, Integer> completed() {
    return new HashMap<>(completed);
  }

  /** Whole replies sent for prompts that had got one already: what was paid twice. */
  public synchronized int paidAgain() {
    return completed.values().stream().mapToInt(count -> count - 1).sum();
  }

  /**
   * Most requests that came within any stretch of time.
   *
   * @param window how long
   */
  public long mostRequestsIn(Duration window) {
    return mostIn(window, arrival -> 1);
  }

  /**
   * Most tokens, of prompts and their replies, of requests that came within any stretch of time.
   *
   * @param window how long
   */
  public long mostTokensIn(Duration window) {
    return mostIn(window, Arrival::tokens);
  }

  /** Time from the first request to the last; empty if there were none. */
  public synchronized Optional<Duration> span() {
    return arrivals.stream()
        .map(Arrival::nanos)
        .min(Comparator.naturalOrder())
        .map(
            first ->
                Duration.ofNanos(
                    arrivals.stream().mapToLong(Arrival::nanos).max().orElse(first) - first));
  }

  private synchronized long mostIn(Duration window, ToLongFunction<Arrival> size) {
    List<Arrival> sorted = new ArrayList<>(arrivals);
    sorted.sort(Comparator.comparingLong(Arrival::nanos));
    long most = 0;
    long sum = 0;
    int first = 0;
    for (Arrival last : sorted) {
      sum += size.applyAsLong(last);
      while (sorted.get(first).nanos() <= last.nanos() - window.toNanos()) {
        sum -= size.applyAsLong(sorted.get(first));
        first++;
      }
      most = Math.max(most, sum);
    }
    return most;
  }

  @Override
  public synchronized String toString() {
    return requests()
        + " requests, "
        + completed.size()
        + " prompts completed, "
        + paidAgain()
        + " replies paid again, faults "
        + faults;
  }
}
