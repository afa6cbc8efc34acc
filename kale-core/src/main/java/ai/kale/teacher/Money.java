package ai.kale.teacher;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An amount of money.
 *
 * @param amount exact, not negative
 * @param currency a short name such as {@code "USD"}, for messages
 */
public record Money(BigDecimal amount, String currency) {
  /** Checks the amount. */
  public Money {
    if (amount.signum() < 0 || currency.isBlank()) {
      throw new IllegalArgumentException(
          "an amount of money is not negative and has a currency; got "
              + amount
              + " '"
              + currency
              + "'");
    }
  }

  /** Rounded up to the fourth place: {@code "12.3457 USD"}. */
  @Override
  public String toString() {
    return amount.setScale(4, RoundingMode.UP).toPlainString() + " " + currency;
  }
}
