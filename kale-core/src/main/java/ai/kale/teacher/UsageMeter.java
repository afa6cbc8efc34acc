package ai.kale.teacher;

import ai.kale.spi.TeacherModel.Reply;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts for {@link TeacherUsage}. Safe for use by several threads. */
final class UsageMeter {
  private final Optional<Prices> prices;
  private final Set<String> seen = new HashSet<>();
  private final SortedMap<String, Long> retries = new TreeMap<>();
  private long requests;
  private long attempts;
  private Duration waited = Duration.ZERO;
  private long replies;
  private long promptTokens;
  private long completionTokens;
  private long unknownCost;
  private long journalled;
  private long journalledPrompt;
  private long journalledCompletion;

  UsageMeter(Optional<Prices> prices) {
    this.prices = prices;
  }

  synchronized void sent(boolean first) {
    attempts++;
    requests += first ? 1 : 0;
  }

  synchronized void retried(String why, Duration wait) {
    retries.merge(why, 1L, Long::sum);
    waited = waited.plus(wait);
  }

  synchronized void unknownCost() {
    unknownCost++;
  }

  synchronized void paid(String key, Reply reply) {
    seen.add(key);
    replies++;
    promptTokens += reply.promptTokens();
    completionTokens += reply.completionTokens();
  }

  /** A reply of the journal counts once, and not if it was paid for in this run. */
  synchronized void replayed(String key, Reply reply) {
    if (seen.add(key)) {
      journalled++;
      journalledPrompt += reply.promptTokens();
      journalledCompletion += reply.completionTokens();
    }
  }

  synchronized TeacherUsage usage() {
    return new TeacherUsage(
        requests,
        attempts,
        retries,
        waited,
        replies,
        promptTokens,
        completionTokens,
        unknownCost,
        journalled,
        journalledPrompt,
        journalledCompletion,
        prices.map(p -> p.cost(promptTokens, completionTokens)));
  }
}
