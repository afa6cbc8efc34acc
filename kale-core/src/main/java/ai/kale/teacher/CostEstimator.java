package ai.kale.teacher;

import ai.kale.spi.TeacherModel.Prompt;
import ai.kale.spi.TeacherModel.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sums up a {@link CostEstimate}: what was replied, what is still to be asked. For use by one
 * thread.
 *
 * <p>Tokens of a prompt are those of the {@link TokenEstimator}, corrected by how many the
 * journalled replies counted; tokens of a reply are the mean of these, or a quarter of the limit as
 * long as there is none. One first reply in ten is taken to need a retry, until replies tell.
 */
public final class CostEstimator {
  private static final int REASON_TOKENS = 60;
  private static final int REASON_TOKENS_AT_MOST = 600;

  /** What counts of a prompt: the prompts of a whole run would not fit in memory. */
  private record Open(long estimated, long atMost, long limit, boolean mayRetry) {}

  private final Calibration calibration;
  private final Optional<Prices> prices;
  private final List<Open> open = new ArrayList<>();
  private long questions;
  private long journalled;
  private long firstReplies;
  private long secondRequests;

  /**
   * @param estimator measures prompts
   * @param prices of tokens, if known
   */
  public CostEstimator(TokenEstimator estimator, Optional<Prices> prices) {
    this.calibration = new Calibration(estimator);
    this.prices = prices;
  }

  /** One more question. */
  public void question() {
    questions++;
  }

  /**
   * A reply that is in the journal.
   *
   * @param prompt what was asked
   * @param reply what came
   * @param retry whether it was asked because a first text failed its checks
   */
  public void journalled(Prompt prompt, Reply reply, boolean retry) {
    calibration.learn(prompt, reply);
    journalled++;
    firstReplies += retry ? 0 : 1;
    secondRequests += retry ? 1 : 0;
  }

  /**
   * A request still to be made.
   *
   * @param prompt what will be asked
   * @param retry whether it is asked because a first text failed its checks; no other follows it
   */
  public void request(Prompt prompt, boolean retry) {
    open.add(
        new Open(
            calibration.estimated(prompt),
            calibration.promptAtMost(prompt),
            prompt.maxTokens(),
            !retry));
    secondRequests += retry ? 1 : 0;
  }

  /** The sum; O(requests). */
  public CostEstimate estimate() {
    double share = (secondRequests + 1.0) / (firstReplies + 10.0);
    double prompt = 0;
    double completion = 0;
    long promptAtMost = 0;
    long completionAtMost = 0;
    long retries = 0;
    for (Open request : open) {
      long reply = calibration.expectedCompletion(request.limit());
      double again = request.mayRetry() ? share : 0;
      prompt += calibration.corrected(request.estimated()) * (1 + again);
      prompt += again * (reply + REASON_TOKENS);
      completion += reply * (1 + again);
      long most = request.atMost();
      long limit = request.limit();
      promptAtMost += most;
      completionAtMost += limit;
      if (request.mayRetry()) {
        retries++;
        promptAtMost += most + 2 * limit + REASON_TOKENS_AT_MOST;
        completionAtMost += limit;
      }
    }
    long expectedPrompt = Math.round(prompt);
    long expectedCompletion = Math.round(completion);
    long promptMost = promptAtMost;
    long completionMost = completionAtMost;
    return new CostEstimate(
        questions,
        journalled,
        open.size(),
        retries,
        Math.round(share * retries),
        expectedPrompt,
        expectedCompletion,
        promptMost,
        completionMost,
        prices.map(p -> p.cost(expectedPrompt, expectedCompletion)),
        prices.map(p -> p.cost(promptMost, completionMost)));
  }
}
