package ai.kale.teacher;

import ai.kale.error.SetupException;
import ai.kale.spi.TeacherCapability;
import ai.kale.spi.TeacherModel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Settings of a {@link ManagedTeacher}. Each can be set once; setting one again is an error. */
public final class ManagedTeacherBuilder {
  private final TeacherModel teacher;
  private @Nullable ReplyJournal journal;
  private @Nullable RateLimit rateLimit;
  private @Nullable RetryPolicy retry;
  private @Nullable Budget budget;
  private @Nullable Prices prices;
  private @Nullable TokenEstimator estimator;
  private int threads;
  private @Nullable Timer timer;

  ManagedTeacherBuilder(TeacherModel teacher) {
    this.teacher = teacher;
  }

  /**
   * Keeps replies, and takes from there what was asked before.
   *
   * @param open stays the caller's to close, after the teacher
   * @return this
   */
  public ManagedTeacherBuilder journal(ReplyJournal open) {
    unset("journal", journal == null);
    journal = open;
    return this;
  }

  /**
   * Limits requests and tokens in a minute.
   *
   * @param limit default {@link RateLimit#none}; a limit of tokens needs {@link
   *     TeacherCapability#TOKEN_COUNTS}
   * @return this
   */
  public ManagedTeacherBuilder rateLimit(RateLimit limit) {
    unset("rateLimit", rateLimit == null);
    rateLimit = limit;
    return this;
  }

  /**
   * Chooses when a failed attempt is repeated.
   *
   * @param policy default {@link RetryPolicy#standard}
   * @return this
   */
  public ManagedTeacherBuilder retry(RetryPolicy policy) {
    unset("retry", retry == null);
    retry = policy;
    return this;
  }

  /**
   * Limits what is spent.
   *
   * @param most default {@link Budget#unlimited}; tokens and money need {@link
   *     TeacherCapability#TOKEN_COUNTS}, money needs {@link #prices}
   * @return this
   */
  public ManagedTeacherBuilder budget(Budget most) {
    unset("budget", budget == null);
    budget = most;
    return this;
  }

  /**
   * Says what the teacher charges.
   *
   * @param charged for tokens
   * @return this
   */
  public ManagedTeacherBuilder prices(Prices charged) {
    unset("prices", prices == null);
    prices = charged;
    return this;
  }

  /**
   * Replaces how prompts are measured before they are sent.
   *
   * @param measure default {@link TokenEstimator#bytes}
   * @return this
   */
  public ManagedTeacherBuilder estimator(TokenEstimator measure) {
    unset("estimator", estimator == null);
    estimator = measure;
    return this;
  }

  /**
   * Limits how many requests a teacher without {@link TeacherCapability#NON_BLOCKING} is asked at
   * once, each on a thread of its own.
   *
   * @param most at least 1; default 8
   * @return this
   */
  public ManagedTeacherBuilder threads(int most) {
    unset("threads", threads == 0);
    if (most < 1) {
      throw new IllegalArgumentException("threads must be at least 1; got " + most);
    }
    threads = most;
    return this;
  }

  /**
   * The teacher; close it.
   *
   * @throws SetupException if the teacher is managed already, or a budget in money has no prices
   * @throws ai.kale.error.UnsupportedCapabilityException if a limit in tokens or money is set and
   *     the teacher does not count tokens
   */
  public ManagedTeacher build() {
    if (teacher instanceof ManagedTeacher) {
      throw new SetupException(
          "the teacher is managed already, and two would retry each other's retries; set journal,"
              + " limits, retries and budget in one place");
    }
    if (budget().needsTokens()) {
      TeacherCapability.TOKEN_COUNTS.require(teacher, "a budget in tokens or money");
    }
    if (rateLimit().limitsTokens()) {
      TeacherCapability.TOKEN_COUNTS.require(teacher, "a rate limit in tokens");
    }
    if (budget().money().isPresent() && prices == null) {
      throw new SetupException("a budget in money needs to know what tokens cost; set prices");
    }
    return new ManagedTeacher(this);
  }

  /** With another clock, for tests. */
  ManagedTeacherBuilder timer(Timer other) {
    timer = other;
    return this;
  }

  private static void unset(String name, boolean free) {
    if (!free) {
      throw new IllegalStateException(name + " is already set");
    }
  }

  TeacherModel teacher() {
    return teacher;
  }

  Optional<ReplyJournal> journal() {
    return Optional.ofNullable(journal);
  }

  RateLimit rateLimit() {
    return rateLimit == null ? RateLimit.none() : rateLimit;
  }

  RetryPolicy retry() {
    return retry == null ? RetryPolicy.standard() : retry;
  }

  Budget budget() {
    return budget == null ? Budget.unlimited() : budget;
  }

  Optional<Prices> prices() {
    return Optional.ofNullable(prices);
  }

  TokenEstimator estimator() {
    return estimator == null ? TokenEstimator.bytes() : estimator;
  }

  Timer timer() {
    return timer == null ? new SystemTimer("kale-rate-limiter") : timer;
  }

  int threads() {
    return threads == 0 ? 8 : threads;
  }
}
