package ai.kale.teacher;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The most that may be spent with one journal, over all runs that use it; without a journal, by one
 * run. Before an attempt, the most that it can cost is set aside; an attempt that does not fit is
 * not made. With a journal of several teachers all of them count, at the prices of the one that is
 * asked now. Immutable.
 *
 * @param tokens most tokens, read and written together; empty for no limit
 * @param money most money, in the currency of the prices; empty for no limit
 * @param attempts most attempts; empty for no limit. Attempts of earlier runs count if they brought
 *     a reply or may be on the bill
 */
public record Budget(OptionalLong tokens, Optional<BigDecimal> money, OptionalLong attempts) {
  /** Checks the range. */
  public Budget {
    if (tokens.orElse(0) < 0
        || money.orElse(BigDecimal.ZERO).signum() < 0
        || attempts.orElse(0) < 0) {
      throw new IllegalArgumentException("a budget is not negative");
    }
  }

  /** No limit. */
  public static Budget unlimited() {
    return new Budget(OptionalLong.empty(), Optional.empty(), OptionalLong.empty());
  }

  /**
   * A limit of tokens.
   *
   * @param most read and written together, not negative
   * @return the budget
   */
  public static Budget ofTokens(long most) {
    return unlimited().withTokens(most);
  }

  /**
   * A limit of money; needs prices.
   *
   * @param most in the currency of the prices, not negative: {@code "25.00"}
   * @return the budget
   */
  public static Budget ofMoney(String most) {
    return unlimited().withMoney(new BigDecimal(most));
  }

  /**
   * A limit of attempts, for teachers that count no tokens.
   *
   * @param most not negative
   * @return the budget
   */
  public static Budget ofAttempts(long most) {
    return unlimited().withAttempts(most);
  }

  /**
   * The same with a limit of tokens.
   *
   * @param most read and written together, not negative
   * @return a new budget
   */
  public Budget withTokens(long most) {
    return new Budget(OptionalLong.of(most), money, attempts);
  }

  /**
   * The same with a limit of money.
   *
   * @param most in the currency of the prices, not negative
   * @return a new budget
   */
  public Budget withMoney(BigDecimal most) {
    return new Budget(tokens, Optional.of(most), attempts);
  }

  /**
   * The same with a limit of attempts.
   *
   * @param most not negative
   * @return a new budget
   */
  public Budget withAttempts(long most) {
    return new Budget(tokens, money, OptionalLong.of(most));
  }

  /** Whether tokens have to be counted to keep it. */
  public boolean needsTokens() {
    return tokens.isPresent() || money.isPresent();
  }

  /** Whether nothing is limited. */
  public boolean isUnlimited() {
    return !needsTokens() && attempts.isEmpty();
  }
}
