package ai.kale.rationale;

import ai.kale.run.RunContext;
import ai.kale.teacher.Budget;
import ai.kale.teacher.Prices;
import ai.kale.teacher.RateLimit;
import ai.kale.teacher.RetryPolicy;
import ai.kale.teacher.TokenEstimator;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Settings of a {@link SynthesisRun}; changed only on a fresh copy, by {@link #with}. */
final class RunSettings {
  Optional<Path> journal = Optional.empty();
  Optional<RateLimit> rateLimit = Optional.empty();
  Optional<RetryPolicy> retry = Optional.empty();
  Optional<Budget> budget = Optional.empty();
  Optional<Prices> prices = Optional.empty();
  Optional<TokenEstimator> estimator = Optional.empty();
  int concurrency = 8;
  int failureLimit = 10;
  boolean journalOnly;
  RunContext context = RunContext.silent();

  RunSettings with(Consumer<RunSettings> change) {
    RunSettings copy = new RunSettings();
    copy.journal = journal;
    copy.rateLimit = rateLimit;
    copy.retry = retry;
    copy.budget = budget;
    copy.prices = prices;
    copy.estimator = estimator;
    copy.concurrency = concurrency;
    copy.failureLimit = failureLimit;
    copy.journalOnly = journalOnly;
    copy.context = context;
    change.accept(copy);
    return copy;
  }

  /** Whether something is set that stands between the run and its teacher. */
  boolean manages() {
    return journal.isPresent()
        || rateLimit.isPresent()
        || retry.isPresent()
        || budget.isPresent()
        || prices.isPresent()
        || estimator.isPresent()
        || journalOnly;
  }
}
