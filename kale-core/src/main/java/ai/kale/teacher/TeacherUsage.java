package ai.kale.teacher;

import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a {@link ManagedTeacher} has done since it was made.
 *
 * @param requests prompts that were sent; equal ones at the same time are one
 * @param attempts how often something was sent; at least one for each request
 * @param retries attempts beyond the first by why: {@code "told-to-wait"} (the service said how
 *     long), {@code "refused"} (it answered with another error) and {@code "lost"} (no answer, or a
 *     broken one)
 * @param waited time spent waiting before retries, summed over requests
 * @param replies replies that came and are paid for
 * @param promptTokens tokens read for them
 * @param completionTokens tokens written
 * @param unknownCost attempts that failed in a way that leaves open whether they are billed
 * @param journalled replies taken from the journal, each counted once
 * @param journalledPromptTokens tokens read for these in earlier runs
 * @param journalledCompletionTokens tokens written for these in earlier runs
 * @param cost what the replies of this run cost; empty without prices
 */
public record TeacherUsage(
    long requests,
    long attempts,
    SortedMap<String, Long> retries,
    Duration waited,
    long replies,
    long promptTokens,
    long completionTokens,
    long unknownCost,
    long journalled,
    long journalledPromptTokens,
    long journalledCompletionTokens,
    Optional<Money> cost) {
  /** Copies the map. */
  public TeacherUsage {
    retries = Collections.unmodifiableSortedMap(new TreeMap<>(retries));
  }

  /** No usage: for synthesizers whose teacher a run does not see. */
  public static TeacherUsage none() {
    return new TeacherUsage(
        0, 0, new TreeMap<>(), Duration.ZERO, 0, 0, 0, 0, 0, 0, 0, Optional.empty());
  }

  /** One line for people. */
  public String describe() {
    return String.format(
        Locale.ROOT,
        "%d requests in %d attempts (retries %s, %.1f s waited, %d of unknown cost), %d replies,"
            + " %d + %d tokens%s; %d replies from the journal, %d + %d tokens",
        requests,
        attempts,
        retries,
        waited.toMillis() / 1000.0,
        unknownCost,
        replies,
        promptTokens,
        completionTokens,
        cost.map(money -> ", " + money).orElse(""),
        journalled,
        journalledPromptTokens,
        journalledCompletionTokens);
  }
}
