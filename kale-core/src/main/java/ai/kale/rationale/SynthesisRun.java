package ai.kale.rationale;

import ai.kale.RationaleSynthesizer;
import ai.kale.data.GroundedQuestion;
import ai.kale.data.RationalizedQuestion;
import ai.kale.data.Synthesis;
import ai.kale.error.BudgetReachedException;
import ai.kale.error.InvalidInputException;
import ai.kale.error.SetupException;
import ai.kale.error.TransientFailureException;
import ai.kale.run.RunContext;
import ai.kale.teacher.Budget;
import ai.kale.teacher.CostEstimate;
import ai.kale.teacher.CostEstimator;
import ai.kale.teacher.Prices;
import ai.kale.teacher.RateLimit;
import ai.kale.teacher.ReplyJournal;
import ai.kale.teacher.RetryPolicy;
import ai.kale.teacher.TokenEstimator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Runs a synthesizer over a question set: several questions at once, results in the order of the
 * questions, what the teacher replied journalled before it is used, and a run that was stopped
 * resumed without paying again. Equal questions (same text, answers, entities and paths) are asked
 * once, if the synthesizer has an id.
 *
 * <p>The run puts an {@link ai.kale.teacher.ManagedTeacher} around the teacher of the synthesizer,
 * so failed attempts are retried. A question whose teacher still does not reply, or refuses the
 * prompt, is dropped and counted, and asked again by the next run.
 *
 * <p>Immutable; each {@code with…} returns a new object.
 */
public final class SynthesisRun {
  private final RationaleSynthesizer synthesizer;
  private final RunSettings settings;

  private SynthesisRun(RationaleSynthesizer synthesizer, RunSettings settings) {
    this.synthesizer = synthesizer;
    this.settings = settings;
  }

  /**
   * A run without a journal, 8 questions at once, retries as {@link RetryPolicy#standard}, stopped
   * when 10 questions in a row fail.
   *
   * @param synthesizer asked for each question
   * @return a run
   */
  public static SynthesisRun with(RationaleSynthesizer synthesizer) {
    return new SynthesisRun(synthesizer, new RunSettings());
  }

  private SynthesisRun changed(Consumer<RunSettings> change) {
    return new SynthesisRun(synthesizer, settings.with(change));
  }

  /** The same, if there is a teacher between which and the run something can be put. */
  private SynthesisRun managing(Consumer<RunSettings> change) {
    RunTeacher.of(synthesizer);
    return changed(change);
  }

  /**
   * The same with a journal of replies.
   *
   * @param file made if not there; see {@link ReplyJournal}
   * @return a new run
   * @throws SetupException if the synthesizer does not say which teacher it asks, see {@link
   *     RationaleSynthesizer#throughTeacher}
   */
  public SynthesisRun withJournal(Path file) {
    return managing(copy -> copy.journal = Optional.of(file));
  }

  /**
   * The same with another number of questions at once.
   *
   * @param questions at least 1; to reach a rate limit, at least the requests that come back in the
   *     time of one reply
   * @return a new run
   */
  public SynthesisRun withConcurrency(int questions) {
    if (questions < 1) {
      throw new IllegalArgumentException("concurrency must be at least 1; got " + questions);
    }
    return changed(copy -> copy.concurrency = questions);
  }

  /**
   * The same with a limit of requests and tokens in a minute.
   *
   * @param limit approached, never exceeded
   * @return a new run
   * @throws SetupException as {@link #withJournal} does
   */
  public SynthesisRun withRateLimit(RateLimit limit) {
    return managing(copy -> copy.rateLimit = Optional.of(limit));
  }

  /**
   * The same with other retries.
   *
   * @param policy when a failed attempt is repeated
   * @return a new run
   * @throws SetupException as {@link #withJournal} does
   */
  public SynthesisRun withRetry(RetryPolicy policy) {
    return managing(copy -> copy.retry = Optional.of(policy));
  }

  /**
   * The same with a limit of what is spent.
   *
   * @param most with the journal, over all runs that use it
   * @return a new run
   * @throws SetupException as {@link #withJournal} does
   */
  public SynthesisRun withBudget(Budget most) {
    return managing(copy -> copy.budget = Optional.of(most));
  }

  /**
   * The same with prices, for the summary, estimates and budgets in money.
   *
   * @param charged for tokens
   * @return a new run
   * @throws SetupException as {@link #withJournal} does
   */
  public SynthesisRun withPrices(Prices charged) {
    return managing(copy -> copy.prices = Optional.of(charged));
  }

  /**
   * The same with another measure of prompts.
   *
   * @param measure default {@link TokenEstimator#bytes}
   * @return a new run
   * @throws SetupException as {@link #withJournal} does
   */
  public SynthesisRun withEstimator(TokenEstimator measure) {
    return managing(copy -> copy.estimator = Optional.of(measure));
  }

  /**
   * The same with another limit of failures.
   *
   * @param questions how many in a row may get no reply before the run is stopped, at least 1
   * @return a new run
   */
  public SynthesisRun withFailureLimit(int questions) {
    if (questions < 1) {
      throw new IllegalArgumentException("the failure limit is at least 1; got " + questions);
    }
    return changed(copy -> copy.failureLimit = questions);
  }

  /**
   * The same without asking the teacher: takes what is in the journal, and drops, as {@code
   * not-asked}, the questions that would need more. The way to use what a budget left, or the
   * results of batches.
   *
   * @param file the journal
   * @return a new run
   * @throws SetupException as {@link #withJournal} does
   */
  public SynthesisRun withJournalOnly(Path file) {
    return managing(
        copy -> {
          copy.journal = Optional.of(file);
          copy.journalOnly = true;
        });
  }

  /**
   * The same with progress and cancellation.
   *
   * @param newContext told after each different question, as stage {@code "synthesize"}
   * @return a new run
   */
  public SynthesisRun withContext(RunContext newContext) {
    return changed(copy -> copy.context = newContext);
  }

  /**
   * What came of it.
   *
   * @param questions those with a rationale, in the order of the input
   * @param outcomes one for each question of the input, in order
   * @param summary counts
   */
  public record Result(
      List<RationalizedQuestion> questions, List<Synthesis> outcomes, SynthesisSummary summary) {
    /** Copies the lists. */
    public Result {
      questions = List.copyOf(questions);
      outcomes = List.copyOf(outcomes);
    }
  }

  /**
   * Runs.
   *
   * @param questions the question set
   * @return the rationales and what happened to every question
   * @throws InvalidInputException if not one question is kept, or too many prompts in a row are
   *     refused; the message says why
   * @throws SetupException if the journal cannot be used, or no request can succeed
   * @throws TransientFailureException if too many questions in a row got no reply; what came before
   *     is in the journal, run again to resume
   * @throws BudgetReachedException if the next request does not fit the budget; what is under way
   *     ends first and is journalled
   * @throws ai.kale.error.OperationCancelledException if cancelled, likewise
   */
  public Result run(List<GroundedQuestion> questions) {
    checkAny(questions);
    return withJournalOpen(open -> new SynthesisWork(synthesizer, settings, open).run(questions));
  }

  /**
   * Estimates what {@link #run} would ask and cost, given what is in the journal. Asks nothing.
   *
   * @param questions the question set
   * @return requests, tokens, and money if there are prices
   * @throws SetupException as {@link #withJournal} does, or if the journal cannot be used
   */
  public CostEstimate estimate(List<GroundedQuestion> questions) {
    checkAny(questions);
    RunTeacher.of(synthesizer);
    CostEstimator estimator =
        new CostEstimator(settings.estimator.orElse(TokenEstimator.bytes()), settings.prices);
    return withExistingJournal(
        open -> {
          new JournalPass(synthesizer, open)
              .over(distinct(questions).values(), new RunEstimate(estimator));
          return estimator.estimate();
        });
  }

  /**
   * Writes the requests of the next round as files for OpenAI's batch interface: the first prompts
   * whose reply is not in the journal, and the retries of those whose first text failed its checks.
   * Call it again after {@link #readBatch}, until there is nothing to write; then {@link
   * #withJournalOnly} gives the rationales. As long as a batch is under way, neither write another
   * for these questions nor run them: both would be paid.
   *
   * <p>A budget holds for a round as a whole, beside what is in the journal: each request counts
   * with the most that it can cost, and what a batch under way will cost is not known yet.
   *
   * @param questions the question set
   * @param folder must exist
   * @param prefix of the files' names; a file that is there already is refused
   * @return the files, and what is in them
   * @throws SetupException if the synthesizer asks anything but an {@link
   *     ai.kale.teacher.openai.OpenAiTeacher}, or a file cannot be written
   * @throws BudgetReachedException if the round does not fit the budget; nothing is written then
   */
  public BatchWritten writeBatch(List<GroundedQuestion> questions, Path folder, String prefix) {
    checkAny(questions);
    return withExistingJournal(
        open ->
            new BatchRound(synthesizer, open)
                .write(distinct(questions).values(), folder, prefix, settings));
  }

  /**
   * Takes the results of a batch into the journal. Results are joined by {@code custom_id}, so
   * their order does not matter, and reading a file twice does no harm. Files of several rounds can
   * be read together, for example into a new journal where the old one was lost.
   *
   * @param questions those the batch was written for
   * @param files output and error files, as fetched from the service
   * @return what was accepted, and what was not
   * @throws SetupException if there is no journal, it cannot be written, or a file cannot be read
   */
  public BatchRead readBatch(List<GroundedQuestion> questions, List<Path> files) {
    checkAny(questions);
    return withJournalOpen(
        open -> {
          ReplyJournal journal =
              open.orElseThrow(
                  () -> new SetupException("batch results go into a journal; set withJournal"));
          return new BatchRound(synthesizer, open)
              .read(distinct(questions).values(), files, journal);
        });
  }

  private static void checkAny(List<GroundedQuestion> questions) {
    if (questions.isEmpty()) {
      throw new InvalidInputException("there is no question to write a rationale for");
    }
  }

  private <T> T withJournalOpen(Function<Optional<ReplyJournal>, T> work) {
    if (settings.journal.isEmpty()) {
      return work.apply(Optional.empty());
    }
    try (ReplyJournal open = ReplyJournal.open(settings.journal.get())) {
      return work.apply(Optional.of(open));
    }
  }

  /** Looking does not make a journal. */
  private <T> T withExistingJournal(Function<Optional<ReplyJournal>, T> work) {
    return settings.journal.filter(Files::exists).isPresent()
        ? withJournalOpen(work)
        : work.apply(Optional.empty());
  }

  private Map<String, GroundedQuestion> distinct(List<GroundedQuestion> questions) {
    return SynthesisWork.distinct(SynthesisWork.keys(synthesizer, questions), questions);
  }
}
