package ai.kale.teacher;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.error.BudgetReachedException;
import ai.kale.error.TransientFailureException;
import ai.kale.spi.TeacherCapability;
import ai.kale.spi.TeacherModel;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class BudgetPropertiesTest {
  private static final Prices PRICES = Prices.perMillion("2.5", "10", "USD");

  /**
   * Reads from a few tokens up to one for each byte, writes up to the limit, and fails at times
   * after it has spent all that: the bill counts that too.
   */
  private static final class Spender implements TeacherModel {
    final AtomicLong read = new AtomicLong();
    final AtomicLong written = new AtomicLong();
    private final long seed;
    private final AtomicLong calls = new AtomicLong();

    Spender(long seed) {
      this.seed = seed;
    }

    @Override
    public String id() {
      return "spender";
    }

    @Override
    public Reply reply(Prompt prompt) {
      SplittableRandom random = new SplittableRandom(seed + calls.incrementAndGet());
      int bytes = (prompt.system() + prompt.user()).getBytes(StandardCharsets.UTF_8).length;
      long in = 1L + random.nextInt(bytes + 60);
      long out = random.nextInt(prompt.maxTokens() + 1);
      read.addAndGet(in);
      written.addAndGet(out);
      if (random.nextInt(4) == 0) {
        throw new TransientFailureException("the reply was lost on its way");
      }
      return new Reply("text", in, out);
    }

    @Override
    public Set<TeacherCapability> capabilities() {
      return Set.of(TeacherCapability.TOKEN_COUNTS);
    }
  }

  @Property(tries = 60, seed = "20261122")
  void neverOverspendsEvenWhatFailedAttemptsMayCost(
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 30_000) int tokens,
      @ForAll @IntRange(min = 1, max = 6) int threads) {
    Spender spender = new Spender(seed);
    BigDecimal money = PRICES.cost(tokens / 2, tokens / 4).amount();
    try (ManagedTeacher teacher =
        ManagedTeacher.builder(spender)
            .budget(Budget.ofTokens(tokens).withMoney(money))
            .prices(PRICES)
            .threads(threads)
            .retry(RetryPolicy.standard().withDelays(Duration.ZERO, 1, Duration.ZERO))
            .build()) {
      int refused = ask(teacher, new SplittableRandom(seed), 60);
      long read = spender.read.get();
      long written = spender.written.get();
      assertThat(read + written).isLessThanOrEqualTo(tokens);
      assertThat(PRICES.cost(read, written).amount()).isLessThanOrEqualTo(money);
      TeacherUsage usage = teacher.usage();
      assertThat(usage.cost().orElseThrow())
          .isEqualTo(PRICES.cost(usage.promptTokens(), usage.completionTokens()));
      if (usage.unknownCost() == 0 && refused == 0) {
        assertThat(usage.promptTokens() + usage.completionTokens()).isEqualTo(read + written);
      }
    }
  }

  /** Asks at once, and returns how many did not fit. */
  private static int ask(ManagedTeacher teacher, SplittableRandom random, int requests) {
    List<CompletableFuture<TeacherModel.Reply>> replies = new ArrayList<>();
    for (int i = 0; i < requests; i++) {
      String user = i + "ü".repeat(random.nextInt(200));
      replies.add(
          teacher.replyAsync(
              new TeacherModel.Prompt("system", user, 1 + random.nextInt(300), 0), Runnable::run));
    }
    int refused = 0;
    for (CompletableFuture<TeacherModel.Reply> reply : replies) {
      try {
        reply.join();
      } catch (CompletionException e) {
        if (e.getCause() instanceof BudgetReachedException) {
          refused++;
        } else {
          assertThat(e).hasCauseInstanceOf(TransientFailureException.class);
        }
      }
    }
    return refused;
  }

  @Property(tries = 200, seed = "20261122")
  void whatIsSetAsideNeverExceedsTheBudgetAndNothingThatFitsIsRefused(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 5000) int tokens) {
    SplittableRandom random = new SplittableRandom(seed);
    BudgetLedger ledger =
        new BudgetLedger(
            Budget.ofTokens(tokens), Optional.empty(), new ReplyJournal.Total(0, 0, 0));
    List<CompletableFuture<BudgetLedger.Reservation>> asked = new ArrayList<>();
    List<BudgetLedger.Reservation> held = new ArrayList<>();
    long spent = 0;
    for (int step = 0; step < 100; step++) {
      if (held.isEmpty() || random.nextBoolean()) {
        asked.add(ledger.reserve(random.nextInt(500), random.nextInt(500)));
      } else {
        BudgetLedger.Reservation one = held.remove(random.nextInt(held.size()));
        long prompt = random.nextLong(one.promptTokens() + 1);
        long completion = random.nextLong(one.completionTokens() + 1);
        ledger.settle(one, prompt, completion);
        spent += prompt + completion;
      }
      asked.removeIf(
          future -> {
            if (future.isDone() && !future.isCompletedExceptionally()) {
              held.add(future.join());
              return true;
            }
            return false;
          });
      long reserved =
          held.stream().mapToLong(one -> one.promptTokens() + one.completionTokens()).sum();
      assertThat(spent + reserved).isLessThanOrEqualTo(tokens);
      if (held.isEmpty()) {
        assertThat(asked).allMatch(CompletableFuture::isCompletedExceptionally);
      }
    }
  }
}
