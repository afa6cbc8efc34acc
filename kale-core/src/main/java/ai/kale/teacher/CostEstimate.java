package ai.kale.teacher;

import java.util.Locale;
import java.util.Optional;

/**
 * What a run would ask and cost, before it does. What is in the journal costs nothing and is not
 * counted; nor are attempts that fail.
 *
 * @param questions different questions looked at
 * @param journalled replies that are in the journal
 * @param requests requests to be made for sure
 * @param retries requests that may follow because the reply to one of those fails its checks, at
 *     most
 * @param expectedRetries how many of them are likely: the share seen so far
 * @param promptTokens tokens read, expected, with the likely retries
 * @param completionTokens tokens written, expected, with the likely retries
 * @param promptTokensAtMost tokens read if all retries are needed and every token estimate is at
 *     its upper end
 * @param completionTokensAtMost tokens written if all retries are needed and every reply is as long
 *     as allowed
 * @param cost of the expected tokens; empty without prices
 * @param costAtMost of the tokens at most; empty without prices
 */
public record CostEstimate(
    long questions,
    long journalled,
    long requests,
    long retries,
    long expectedRetries,
    long promptTokens,
    long completionTokens,
    long promptTokensAtMost,
    long completionTokensAtMost,
    Optional<Money> cost,
    Optional<Money> costAtMost) {
  /** One line for people. */
  public String describe() {
    return String.format(
        Locale.ROOT,
        "%d questions, %d replies in the journal; %d requests and about %d retries (at most %d):"
            + " about %d + %d tokens%s, at most %d + %d%s",
        questions,
        journalled,
        requests,
        expectedRetries,
        retries,
        promptTokens,
        completionTokens,
        cost.map(money -> " or " + money).orElse(""),
        promptTokensAtMost,
        completionTokensAtMost,
        costAtMost.map(money -> " or " + money).orElse(""));
  }
}
