package ai.kale.rationale;

import ai.kale.error.BudgetReachedException;
import ai.kale.error.SetupException;
import ai.kale.spi.TeacherModel.Prompt;
import ai.kale.teacher.Budget;
import ai.kale.teacher.Money;
import ai.kale.teacher.Prices;
import ai.kale.teacher.ReplyJournal;
import ai.kale.teacher.TokenEstimator;
import java.util.Optional;

/**
 * Keeps a budget where requests go out in files: all of a round must fit, each with the most that
 * it can cost, since nobody stops a batch half-way.
 */
final class BatchBudget {
  private final Budget budget;
  private final Optional<Prices> prices;
  private final TokenEstimator estimator;
  private final ReplyJournal.Total spent;
  private long prompt;
  private long completion;
  private long requests;

  BatchBudget(RunSettings settings, ReplyJournal.Total spent) {
    this.budget = settings.budget.orElse(Budget.unlimited());
    this.prices = settings.prices;
    this.estimator = settings.estimator.orElse(TokenEstimator.bytes());
    this.spent = spent;
    if (budget.money().isPresent() && prices.isEmpty()) {
      throw new SetupException("a budget in money needs prices; set withPrices");
    }
  }

  void add(Prompt missing) {
    prompt += estimator.atMost(missing);
    completion += missing.maxTokens();
    requests++;
  }

  /** Throws unless all that was added fits beside what is spent. */
  void check() {
    long read = spent.promptTokens() + prompt;
    long written = spent.completionTokens() + completion;
    boolean fits =
        requests == 0
            || (spent.replies() + requests <= budget.attempts().orElse(Long.MAX_VALUE)
                && read + written <= budget.tokens().orElse(Long.MAX_VALUE)
                && (budget.money().isEmpty()
                    || cost(read, written).amount().compareTo(budget.money().get()) <= 0));
    if (!fits) {
      throw new BudgetReachedException(
          "the round does not fit the budget, so nothing is written: spent are "
              + said(spent.replies(), spent.promptTokens(), spent.completionTokens())
              + ", and it may need up to "
              + said(requests, prompt, completion)
              + "; raise the budget, or write a round for fewer questions");
    }
  }

  private Money cost(long read, long written) {
    return prices.orElseThrow().cost(read, written);
  }

  private String said(long count, long read, long written) {
    return (read + written)
        + " tokens"
        + prices.map(p -> " or " + p.cost(read, written)).orElse("")
        + " in "
        + count
        + " requests";
  }
}
