package ai.kale.teacher;

import ai.kale.error.BudgetReachedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a budget. What an attempt can cost at most is set aside before it is made; what does not
 * fit beside what others have set aside waits until they are settled; and if it does not fit even
 * then, the budget is used up for good. Safe for use by several threads.
 */
final class BudgetLedger {
  /** Tokens set aside for one attempt; ended by exactly one call of the ledger. */
  record Reservation(long promptTokens, long completionTokens) {}

  private record Waiting(Reservation wanted, CompletableFuture<Reservation> future) {}

  private final Budget budget;
  private final Optional<Prices> prices;
  private final Deque<Waiting> queue = new ArrayDeque<>();
  private long promptTokens;
  private long completionTokens;
  private long attempts;
  private long promptReserved;
  private long completionReserved;
  private int outstanding;
  private @Nullable BudgetReachedException reached;

  BudgetLedger(Budget budget, Optional<Prices> prices, ReplyJournal.Total spent) {
    this.budget = budget;
    this.prices = prices;
    this.promptTokens = spent.promptTokens();
    this.completionTokens = spent.completionTokens();
    this.attempts = spent.replies();
  }

  /** Completes when the tokens are set aside, or with a {@link BudgetReachedException}. */
  CompletableFuture<Reservation> reserve(long promptAtMost, long completionAtMost) {
    Waiting waiting =
        new Waiting(new Reservation(promptAtMost, completionAtMost), new CompletableFuture<>());
    synchronized (this) {
      queue.add(waiting);
    }
    serve();
    return waiting.future();
  }

  /** The attempt cost this. */
  void settle(Reservation reservation, long prompt, long completion) {
    synchronized (this) {
      end(reservation);
      promptTokens += prompt;
      completionTokens += completion;
    }
    serve();
  }

  /** Nobody knows what the attempt cost: all that was set aside counts as spent. */
  void keep(Reservation reservation) {
    settle(reservation, reservation.promptTokens(), reservation.completionTokens());
  }

  /** The attempt was made and cost no tokens. */
  void refused(Reservation reservation) {
    settle(reservation, 0, 0);
  }

  /** The attempt was not made. */
  void release(Reservation reservation) {
    synchronized (this) {
      end(reservation);
      attempts--;
    }
    serve();
  }

  private void end(Reservation reservation) {
    promptReserved -= reservation.promptTokens();
    completionReserved -= reservation.completionTokens();
    outstanding--;
  }

  private void serve() {
    List<Waiting> served = new ArrayList<>();
    List<Waiting> refused = new ArrayList<>();
    BudgetReachedException failure;
    synchronized (this) {
      while (!queue.isEmpty() && reached == null) {
        Waiting head = queue.getFirst();
        if (fits(head.wanted())) {
          queue.removeFirst();
          promptReserved += head.wanted().promptTokens();
          completionReserved += head.wanted().completionTokens();
          attempts++;
          outstanding++;
          served.add(head);
        } else if (outstanding > 0) {
          break;
        } else {
          reached = new BudgetReachedException(message(head.wanted()));
        }
      }
      failure = reached;
      if (failure != null) {
        refused.addAll(queue);
        queue.clear();
      }
    }
    served.forEach(waiting -> waiting.future().complete(waiting.wanted()));
    if (failure != null) {
      refused.forEach(waiting -> waiting.future().completeExceptionally(failure));
    }
  }

  private boolean fits(Reservation wanted) {
    long prompt = promptTokens + promptReserved + wanted.promptTokens();
    long completion = completionTokens + completionReserved + wanted.completionTokens();
    return (budget.attempts().isEmpty() || attempts < budget.attempts().getAsLong())
        && (budget.tokens().isEmpty() || prompt + completion <= budget.tokens().getAsLong())
        && (budget.money().isEmpty()
            || prices
                    .orElseThrow()
                    .cost(prompt, completion)
                    .amount()
                    .compareTo(budget.money().get())
                <= 0);
  }

  private String message(Reservation wanted) {
    StringBuilder limits = new StringBuilder();
    budget.tokens().ifPresent(tokens -> limits.append(tokens).append(" tokens, "));
    budget
        .money()
        .ifPresent(
            money -> limits.append(new Money(money, prices.orElseThrow().currency())).append(", "));
    budget.attempts().ifPresent(most -> limits.append(most).append(" attempts, "));
    return "the budget ("
        + limits.substring(0, limits.length() - 2)
        + ") is reached: spent are "
        + (promptTokens + completionTokens)
        + " tokens"
        + prices.map(p -> " or " + p.cost(promptTokens, completionTokens)).orElse("")
        + " in "
        + attempts
        + " attempts, and the next may need up to "
        + (wanted.promptTokens() + wanted.completionTokens())
        + " tokens"
        + prices
            .map(p -> " or " + p.cost(wanted.promptTokens(), wanted.completionTokens()))
            .orElse("")
        + "; raise the budget and run again, or take what is there";
  }
}
