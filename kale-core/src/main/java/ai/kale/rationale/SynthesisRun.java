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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

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
    return withJournalOpen(open -> run(questions, open));
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
   * @param questions the question set
   * @param folder must exist
   * @param prefix of the files' names; a file that is there already is refused
   * @return the files, and what is in them
   * @throws SetupException if the synthesizer asks anything but an {@link
   *     ai.kale.teacher.openai.OpenAiTeacher}, or a file cannot be written
   */
  public BatchWritten writeBatch(List<GroundedQuestion> questions, Path folder, String prefix) {
    checkAny(questions);
    return withExistingJournal(
        open ->
            new BatchRound(synthesizer, open).write(distinct(questions).values(), folder, prefix));
  }

  /**
   * Takes the results of a batch into the journal. Results are joined by {@code custom_id}, so
   * their order does not matter, and reading a file twice does no harm.
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

  private Result run(List<GroundedQuestion> questions, Optional<ReplyJournal> open) {
    Map<String, GroundedQuestion> distinct = distinct(questions);
    QuestionOutcomes outcomes = new QuestionOutcomes(settings.failureLimit);
    try (RunTeacher teacher =
        settings.journalOnly
            ? RunTeacher.replaying(synthesizer, open)
            : RunTeacher.asking(synthesizer, settings, open)) {
      try {
        askAll(distinct, teacher, outcomes);
      } catch (BudgetReachedException e) {
        throw new BudgetReachedException(
            e.getMessage()
                + ". "
                + outcomes.done()
                + " of "
                + distinct.size()
                + " different questions are done"
                + (open.isPresent()
                    ? "; withJournalOnly takes them"
                    : "; without a journal their replies are lost"),
            e);
      }
      return result(questions, outcomes, teacher);
    }
  }

  private Map<String, GroundedQuestion> distinct(List<GroundedQuestion> questions) {
    List<String> keys = keys(questions);
    Map<String, GroundedQuestion> distinct = new LinkedHashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      distinct.putIfAbsent(keys.get(i), questions.get(i));
    }
    return distinct;
  }

  /** Without an id nothing is known of what a reply depends on, so no two questions are equal. */
  private List<String> keys(List<GroundedQuestion> questions) {
    String id = synthesizer.id();
    return IntStream.range(0, questions.size())
        .mapToObj(i -> id.isBlank() ? "question " + i : Rows.key(questions.get(i), id))
        .toList();
  }

  private void askAll(
      Map<String, GroundedQuestion> distinct, RunTeacher teacher, QuestionOutcomes outcomes) {
    List<String> keys = List.copyOf(distinct.keySet());
    List<GroundedQuestion> questions = List.copyOf(distinct.values());
    ExecutorService threads =
        Executors.newFixedThreadPool(
            settings.concurrency,
            task -> {
              Thread thread = new Thread(task, "kale-synthesis");
              thread.setDaemon(true);
              return thread;
            });
    try {
      new QuestionFlow(settings.concurrency, settings.context, teacher::stop)
          .run(keys.size(), i -> ask(keys.get(i), questions.get(i), teacher, outcomes, threads));
    } finally {
      threads.shutdown();
    }
  }

  private static CompletableFuture<?> ask(
      String key,
      GroundedQuestion question,
      RunTeacher teacher,
      QuestionOutcomes outcomes,
      ExecutorService threads) {
    Optional<QuestionTeacher> own = teacher.forQuestion();
    return teacher
        .synthesizer(own)
        .synthesizeAsync(question, threads)
        .handle(
            (outcome, failure) -> {
              if (outcome != null) {
                outcomes.ended(key, outcome, own.orElse(null));
              } else {
                outcomes.failed(key, failure);
              }
              return true;
            });
  }

  private Result result(
      List<GroundedQuestion> questions, QuestionOutcomes ended, RunTeacher teacher) {
    List<String> keys = keys(questions);
    Map<String, Synthesis> byKey = ended.outcomes();
    List<Synthesis> outcomes = new ArrayList<>(questions.size());
    for (int i = 0; i < keys.size(); i++) {
      Synthesis outcome = Optional.ofNullable(byKey.get(keys.get(i))).orElseThrow();
      outcomes.add(Rows.rebound(outcome, questions.get(i)));
    }
    int resumed = (int) keys.stream().filter(ended.resumed()::contains).count();
    SynthesisSummary summary =
        SynthesisSummary.of(questions, outcomes, resumed, byKey.values(), teacher.usage());
    List<RationalizedQuestion> rows =
        outcomes.stream().flatMap(outcome -> outcome.result().stream()).toList();
    if (rows.isEmpty()) {
      String message = "no question got a rationale. " + summary.describe();
      if (summary.droppedByReason().containsKey("teacher-failed")) {
        throw new TransientFailureException(message + ". Run again when the teacher is up");
      }
      throw new InvalidInputException(
          message
              + ". With no-path, check the linking and the hop limit; with other reasons, read the"
              + " problems of the outcomes");
    }
    return new Result(rows, outcomes, summary);
  }
}
